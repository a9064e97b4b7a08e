package io.modeldepot.hub.header;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entity tag. At a hub its value is the content's digest: the git blob sha1 (40 digits) of a
 * regular file, the sha256 (64 digits) of a large one. A content network may answer with a tag of
 * its own that is neither.
 *
 * @param value without quotes and without {@code W/}
 * @param weak whether it was marked weak; a weak tag never selects a range
 */
public record EntityTag(String value, boolean weak) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern GIT_SHA1 = Pattern.compile("[0-9a-f]{40}");

  /**
   * @throws IllegalArgumentException if the value is empty or has a character that cannot stand in
   *     an entity tag
   */
  public EntityTag {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("An entity tag is not empty.");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c <= 0x20 || c == 0x7f) {
        throw new IllegalArgumentException("An entity tag has no quotes, spaces or controls.");
      }
    }
  }

  /** A strong tag of this value. */
  public static EntityTag strong(String value) {
    return new EntityTag(value, false);
  }

  /**
   * The tag in a header: {@code "v"}, {@code W/"v"} or, as some servers send it, bare.
   *
   * @return empty if there is none or it cannot be a tag
   */
  public static Optional<EntityTag> parse(String header) {
    String text = header.strip();
    boolean weak = text.startsWith("W/");
    if (weak) {
      text = text.substring(2);
    }
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1);
    }
    try {
      return Optional.of(new EntityTag(text, weak));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a list of tags, as in {@code If-None-Match}, names this one; {@code *} names any.
   * Compared weakly, as RFC 9110 section 13.1.2 says.
   */
  public boolean isNamedIn(String ifNoneMatch) {
    if (ifNoneMatch.strip().equals("*")) {
      return true;
    }
    for (String one : ifNoneMatch.split(",")) {
      if (parse(one).map(EntityTag::value).filter(value::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether both are strong and equal, as {@code If-Range} needs it (RFC 9110, 13.1.5). */
  public boolean sameBytes(EntityTag other) {
    return !weak && !other.weak && value.equals(other.value);
  }

  /** The content's sha256, where the tag is one. */
  public Optional<String> sha256() {
    return SHA256.matcher(value).matches() ? Optional.of(value) : Optional.empty();
  }

  /** The git blob sha1 of the content, where the tag is one. */
  public Optional<String> gitSha1() {
    return GIT_SHA1.matcher(value).matches() ? Optional.of(value) : Optional.empty();
  }

  /** As it stands in a header. */
  public String header() {
    return (weak ? "W/\"" : "\"") + value + '"';
  }
}
