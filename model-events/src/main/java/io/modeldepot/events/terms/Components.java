package io.modeldepot.events.terms;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How records treat what a payload leaves out. */
public final class Components {
  private Components() {}

  /** An absent list is an empty one; the result cannot be changed. */
  public static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : List.copyOf(value);
  }

  /** An absent map is an empty one; the result cannot be changed and has no null values. */
  public static <K, V> Map<K, V> map(@Nullable Map<K, V> value) {
    if (value == null) {
      return Map.of();
    }
    // Map.copyOf has another order in every process; what is written must be the same everywhere.
    Map<K, V> copy = new LinkedHashMap<>();
    value.forEach(
        (key, entry) -> copy.put(Objects.requireNonNull(key), Objects.requireNonNull(entry)));
    return Collections.unmodifiableMap(copy);
  }

  /** An absent value is an empty one. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public static <T> Optional<T> optional(@Nullable Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }

  /**
   * @throws IllegalArgumentException if there is no value
   */
  public static <T> void required(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is required.");
    }
  }

  /**
   * @throws IllegalArgumentException if the number is negative
   */
  public static void notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException("\"" + name + "\" must not be negative: " + value + ".");
    }
  }

  /**
   * @throws IllegalArgumentException if the number is zero or less
   */
  public static void positive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException("\"" + name + "\" must be at least 1: " + value + ".");
    }
  }
}
