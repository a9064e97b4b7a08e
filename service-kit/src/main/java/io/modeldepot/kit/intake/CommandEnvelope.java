package io.modeldepot.kit.intake;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.trace.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

  /** From now on the caller works on this command, until the scope is closed. */
  public Working.Scope working() {
    return Working.on(traceparent, Map.of(Working.REQUEST_ID, id.value()));
  }

  /** True when at this time the command is too old to be executed. */
  public boolean expired(Instant now) {
    return Duration.between(origin.publishedAt(), now).compareTo(maxAge) > 0;
  }
}
