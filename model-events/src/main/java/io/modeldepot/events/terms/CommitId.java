package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A commit of a repository at the hub, in full. A tree that has no commit of its own gets one from
 * its files' digests.
 *
 * @param value matches {@code [0-9a-f]{40}}, for example {@code
 *     01c7f73d771dfac7d292323805ebc428287df4f9}
 */
public record CommitId(@JsonValue String value) implements Comparable<CommitId> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[0-9a-f]{40}";

  private static final int DIGITS = 40;

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public CommitId {
    Forms.requireHex(DIGITS, value, "commit");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static CommitId of(String value) {
    return new CommitId(value);
  }

  /** Whether a text has the form of one. */
  public static boolean isOne(String value) {
    return Forms.isHex(DIGITS, value);
  }

  @Override
  public int compareTo(CommitId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
