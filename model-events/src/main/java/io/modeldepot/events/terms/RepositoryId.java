package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A repository at the hub, {@code organisation/name}.
 *
 * @param value matches {@code [A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}}, for
 *     example {@code meta-llama/Llama-2-7b-hf}
 */
public record RepositoryId(@JsonValue String value) implements Comparable<RepositoryId> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN =
      "[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}";

  private static final Pattern FORM = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public RepositoryId {
    Forms.require(FORM, value, "repository");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static RepositoryId of(String value) {
    return new RepositoryId(value);
  }

  /** Whose it is: the part before the slash. */
  public String owner() {
    return value.substring(0, value.indexOf('/'));
  }

  @Override
  public int compareTo(RepositoryId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
