package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The catalog name of a model: lower case, safe as a file name and as a Kafka key.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,95}}, for example {@code llama2-7b}
 */
public record ModelName(@JsonValue String value) implements Comparable<ModelName> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,95}";

  private static final Pattern FORM = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public ModelName {
    Forms.require(FORM, value, "model name");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static ModelName of(String value) {
    return new ModelName(value);
  }

  @Override
  public int compareTo(ModelName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
