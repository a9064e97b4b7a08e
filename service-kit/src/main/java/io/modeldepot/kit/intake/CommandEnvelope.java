package io.modeldepot.kit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A command that can be read.
 *
 * @param id two commands with one id are one command
 * @param payload what is asked for
 * @param maxAge older than this it is recorded as expired and never executed
 * @param traceparent the trace it belongs to
 * @param origin where the record lies; its time is the command's time
 * @param <T> the payload
 */
public record CommandEnvelope<T>(
    RequestId id, T payload, Duration maxAge, Optional<String> traceparent, Origin origin) {

  /** True when at this time the command is too old to be executed. */
  public boolean expired(Instant now) {
    return Duration.between(origin.publishedAt(), now).compareTo(maxAge) > 0;
  }

  /**
   * A digest over what is asked for, the id left out: equal for two commands that ask for the same.
   * A second command with the same id and another digest is a {@code duplicate-id}.
   */
  public Sha256 payloadDigest() {
    JsonNode json = Wire.mapper().valueToTree(payload);
    if (json instanceof ObjectNode object) {
      object.remove("requestId");
    }
    return Sha256.of(HexFormat.of().formatHex(Digests.sha256(CanonicalJson.bytes(json))));
  }
}
