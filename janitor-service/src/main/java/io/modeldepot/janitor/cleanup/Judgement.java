package io.modeldepot.janitor.cleanup;

import java.util.ArrayList;
import java.util.List;

/** What the rules said so far. */
final class Judgement {
  private final List<Item> items = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();

  void goes(Item item) {
    items.add(item);
  }

  void stays(String what, String reason, long bytes) {
    kept.add(new Kept(what, reason, bytes));
  }

  List<Item> items() {
    return items;
  }

  List<Kept> kept() {
    return kept;
  }
}
