package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a storage location: one volume with its own downloader, janitor and mirror.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,63}}, for example {@code default}
 */
public record LocationName(@JsonValue String value) implements Comparable<LocationName> {

  /** The form, as a regular expression; also the {@code pattern} in the JSON Schema. */
  public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,63}";

  private static final Pattern FORM = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public LocationName {
    Forms.require(FORM, value, "location");
  }

  /**
   * The same as the constructor, and how JSON is read.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  @JsonCreator
  public static LocationName of(String value) {
    return new LocationName(value);
  }

  @Override
  public int compareTo(LocationName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
