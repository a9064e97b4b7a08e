package io.modeldepot.kit.report;

import io.modeldepot.events.state.ServiceState;
import java.util.Optional;

/**
 * How a service is.
 *
 * @param state state
 * @param detail in words, where there is something to say
 * @param lagRecords records not yet handled
 * @param lagSeconds age of the oldest of them, in seconds
 */
public record Condition(
    ServiceState state,
    Optional<String> detail,
    Optional<Long> lagRecords,
    Optional<Double> lagSeconds) {

  /** All well, nothing to say. */
  public static Condition ready() {
    return new Condition(ServiceState.READY, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Not yet there. */
  public static Condition starting(String detail) {
    return new Condition(
        ServiceState.STARTING, Optional.of(detail), Optional.empty(), Optional.empty());
  }

  /** There, but something is wrong. */
  public static Condition degraded(String detail) {
    return new Condition(
        ServiceState.DEGRADED, Optional.of(detail), Optional.empty(), Optional.empty());
  }

  /** The same with so many records not yet handled. */
  public Condition behindBy(long records) {
    return new Condition(state, detail, Optional.of(records), lagSeconds);
  }
}
