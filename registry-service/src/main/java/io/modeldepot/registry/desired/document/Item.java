package io.modeldepot.registry.desired.document;

import java.util.List;

/** A value of the tree, with its place. */
sealed interface Item {

  Place place();

  /** Keys and values, in the order of the file; no key twice. */
  record Mapping(Place place, List<Entry> entries) implements Item {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /**
   * A key with its value.
   *
   * @param place of the key
   */
  record Entry(Place place, String key, Item value) {}

  /** Values in their order. */
  record Sequence(Place place, List<Item> items) implements Item {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A text; what it stands for is known to who reads it.
   *
   * @param quoted whether it stood in quotes, and so is no number, no flag and not nothing
   */
  record Scalar(Place place, String text, boolean quoted) implements Item {

    /** Whether it says that there is nothing. */
    boolean nothing() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }
}
