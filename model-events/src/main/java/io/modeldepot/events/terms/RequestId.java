package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of a command. Two commands with one id are one command.
 *
 * @param value matches {@code [A-Za-z0-9][A-Za-z0-9_-]{0,63}}, for example {@code
 *     k-7QK3Z6M2W4ABCDEF}
 */
public record RequestId(@JsonValue String value) implements Comparable<RequestId> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

  private static final Pattern FORM = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public RequestId {
    Forms.require(FORM, value, "request id");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static RequestId of(String value) {
    return new RequestId(value);
  }

  @Override
  public int compareTo(RequestId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
