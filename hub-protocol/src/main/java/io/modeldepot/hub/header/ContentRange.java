package io.modeldepot.hub.header;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a content, as {@code Content-Range} names it.
 *
 * @param firstByte offset of the first byte
 * @param lastByte offset of the last byte, inclusive
 * @param totalBytes length of the whole content
 */
public record ContentRange(long firstByte, long lastByte, long totalBytes) {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18})", Pattern.CASE_INSENSITIVE);

  /**
   * @throws IllegalArgumentException unless 0 ≤ first ≤ last &lt; total
   */
  public ContentRange {
    if (firstByte < 0 || lastByte < firstByte || totalBytes <= lastByte) {
      throw new IllegalArgumentException(
          "Bytes %d-%d are no part of %d bytes.".formatted(firstByte, lastByte, totalBytes));
    }
  }

  /** Reads a header of an answer 206; empty if it names no part of a known length. */
  public static Optional<ContentRange> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ContentRange(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Length of the part, bytes. */
  public long lengthBytes() {
    return lastByte - firstByte + 1;
  }

  /** As it stands in {@code Content-Range}. */
  public String header() {
    return "bytes " + firstByte + "-" + lastByte + "/" + totalBytes;
  }

  /** As a client asks for it in {@code Range}. */
  public String requestHeader() {
    return "bytes=" + firstByte + "-" + lastByte;
  }

  /** {@code Content-Range} of an answer 416. */
  public static String unsatisfiedHeader(long totalBytes) {
    return "bytes */" + totalBytes;
  }
}
