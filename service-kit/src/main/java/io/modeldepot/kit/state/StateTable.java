package io.modeldepot.kit.state;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a state topic says now, by key. Of two records about one thing the higher generation counts,
 * whatever their order; of two with the same one, the later. Safe for use by many threads.
 *
 * @param <T> the payload
 */
public final class StateTable<T> implements StateListener<T> {
  private final Map<String, T> current = new ConcurrentHashMap<>();
  private final ToLongFunction<T> generation;

  private StateTable(ToLongFunction<T> generation) {
    this.generation = generation;
  }

  /** A table for payloads with a number that only rises: generation, or sequence. */
  public static <T> StateTable<T> byGeneration(ToLongFunction<T> generation) {
    return new StateTable<>(generation);
  }

  /** A table for payloads without such a number: the later record counts. */
  public static <T> StateTable<T> byArrival() {
    return new StateTable<>(value -> 0);
  }

  @Override
  public void heard(StateRecord<T> what) {
    what.value()
        .ifPresentOrElse(value -> know(what.key(), value), () -> current.remove(what.key()));
  }

  /** Knows a value from elsewhere than the topic; of two the higher generation counts. */
  public void know(String key, T value) {
    current.merge(key, value, this::higher);
  }

  /** What is known under this key. */
  public Optional<T> get(String key) {
    return Optional.ofNullable(current.get(key));
  }

  /** Everything, as of now. */
  public Map<String, T> all() {
    return Map.copyOf(current);
  }

  /** The same without the keys and without copying; what is heard meanwhile may be among it. */
  public Stream<T> values() {
    return current.values().stream();
  }

  private T higher(T known, T heard) {
    return generation.applyAsLong(heard) >= generation.applyAsLong(known) ? heard : known;
  }
}
