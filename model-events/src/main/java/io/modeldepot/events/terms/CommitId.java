package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

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

  private static final Pattern FORM = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public CommitId {
    Forms.require(FORM, value, "commit");
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

  @Override
  public int compareTo(CommitId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
