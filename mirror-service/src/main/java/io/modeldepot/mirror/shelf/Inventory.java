package io.modeldepot.mirror.shelf;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The versions on the volume at one moment. Safe for threads. */
final class Inventory {
  private final List<Edition> editions;
  private final long takenNanos;

  /** Names that were asked for and lead to something. */
  private final Map<String, Shelved> found = new ConcurrentHashMap<>();

  /**
   * @param takenNanos of the monotonic clock
   */
  Inventory(List<Edition> editions, long takenNanos) {
    this.editions = editions.stream().sorted(Shelved.NEWEST_FIRST).toList();
    this.takenNanos = takenNanos;
  }

  /** Newest first, current before retained. */
  List<Edition> editions() {
    return editions;
  }

  boolean isYoungerThan(Duration age) {
    return System.nanoTime() - takenNanos < age.toNanos();
  }

  /** What a name leads to. */
  Optional<Shelved> find(String id) {
    Shelved before = found.get(id);
    if (before != null) {
      return Optional.of(before);
    }
    Optional<Shelved> now = Shelved.find(id, editions);
    now.ifPresent(it -> found.put(id, it));
    return now;
  }

  /** Every repository, or model without one, by name. */
  List<Shelved> all() {
    Map<String, List<Edition>> byId =
        editions.stream()
            .collect(
                Collectors.groupingBy(
                    edition -> edition.id().toLowerCase(Locale.ROOT),
                    TreeMap::new,
                    Collectors.toList()));
    return byId.values().stream().map(list -> new Shelved(list.getFirst().id(), list)).toList();
  }
}
