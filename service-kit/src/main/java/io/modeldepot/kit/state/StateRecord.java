package io.modeldepot.kit.state;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A record of a state topic.
 *
 * @param key what it is about
 * @param value how that is; absent means "forgotten"
 * @param partition where it lies
 * @param offset where it lies in the partition
 * @param timestamp when it was made
 * @param traceparent the trace it belongs to
 * @param <T> the payload
 */
public record StateRecord<T>(
    String key,
    Optional<T> value,
    int partition,
    long offset,
    Instant timestamp,
    Optional<String> traceparent) {

  /** The same record of what a value becomes, for listeners that keep only a part of it. */
  public <R> StateRecord<R> map(Function<T, R> change) {
    return new StateRecord<>(key, value.map(change), partition, offset, timestamp, traceparent);
  }
}
