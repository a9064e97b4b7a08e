package io.modeldepot.hub.document;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a record does with what a document left out. */
final class Fields {
  private Fields() {}

  static void required(@Nullable Object value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("The field " + name + " is missing.");
    }
  }

  static void notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException("The field " + name + " is negative.");
    }
  }

  static <T> Optional<T> optional(@Nullable Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }

  static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : List.copyOf(value);
  }
}
