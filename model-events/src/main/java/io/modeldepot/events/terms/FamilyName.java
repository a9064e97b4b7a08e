package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The family that a model belongs to; names the folder {@code models/<family>/}.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,63}}, for example {@code llama}
 */
public record FamilyName(@JsonValue String value) implements Comparable<FamilyName> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,63}";

  private static final Pattern FORM = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public FamilyName {
    Forms.require(FORM, value, "family name");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static FamilyName of(String value) {
    return new FamilyName(value);
  }

  @Override
  public int compareTo(FamilyName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
