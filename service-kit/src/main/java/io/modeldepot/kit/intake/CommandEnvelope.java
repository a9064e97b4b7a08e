package io.modeldepot.kit.intake;

import io.modeldepot.events.terms.RequestId;
import java.time.Duration;
import java.time.Instant;
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
}
