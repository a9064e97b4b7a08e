package io.modeldepot.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What the registry said.
 *
 * @param headers by lower-case name
 * @param body JSON null when there was none
 */
public record Answer(int status, Map<String, String> headers, JsonNode body) {
  public Answer {
    headers = Map.copyOf(headers);
  }

  public boolean good() {
    return status >= 200 && status < 300;
  }

  /** The registry never sends anybody on: whatever does stands in front of it. */
  boolean redirect() {
    return status >= 300 && status < 400;
  }

  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }
}
