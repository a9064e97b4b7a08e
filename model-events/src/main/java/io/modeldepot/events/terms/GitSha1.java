package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The id git gives a file's content: SHA-1 over {@code "blob " + length + NUL + bytes}.
 *
 * @param value matches {@code [0-9a-f]{40}}, for example {@code
 *     e69de29bb2d1d6434b8b29ae775ad8c2e48c5391}
 */
public record GitSha1(@JsonValue String value) implements Comparable<GitSha1> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[0-9a-f]{40}";

  private static final int DIGITS = 40;

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public GitSha1 {
    Forms.requireHex(DIGITS, value, "git blob id");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static GitSha1 of(String value) {
    return new GitSha1(value);
  }

  @Override
  public int compareTo(GitSha1 other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
