package io.modeldepot.registry.listing;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param items in the order that was asked for
 * @param next the cursor of the next part; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }

  /** A list that is always given whole. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, Optional.empty());
  }
}
