package io.modeldepot.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times as answers carry them. */
public final class Times {
  private Times() {}

  public static Optional<Instant> of(JsonNode text) {
    try {
      return Optional.of(Instant.parse(text.asText("")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** How long ago, or "-" where there is no time. */
  public static String age(JsonNode text, Instant now) {
    return of(text).map(then -> Human.age(then, now)).orElse("-");
  }
}
