package io.modeldepot.mirror.shelf;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The versions on the volume at one moment.
 *
 * @param editions newest first, current before retained
 * @param takenNanos of the monotonic clock
 */
record Inventory(List<Edition> editions, long takenNanos) {
  private static final Comparator<Edition> NEWEST_FIRST =
      Comparator.comparing(Edition::isCurrent)
          .thenComparing(Edition::createdAt)
          .thenComparing(Edition::commit)
          .reversed();

  Inventory {
    editions = editions.stream().sorted(NEWEST_FIRST).toList();
  }

  boolean isYoungerThan(Duration age) {
    return System.nanoTime() - takenNanos < age.toNanos();
  }

  /**
   * What a name leads to: a repository, spelled in any case as at the Hub, or a catalog name. Of a
   * repository that several models come from, all versions.
   */
  Optional<Shelved> find(String id) {
    List<Edition> byRepository =
        editions.stream()
            .filter(e -> e.repository().filter(r -> r.value().equalsIgnoreCase(id)).isPresent())
            .toList();
    if (!byRepository.isEmpty()) {
      return Optional.of(new Shelved(byRepository.getFirst().id(), byRepository));
    }
    List<Edition> byName = editions.stream().filter(e -> e.model().value().equals(id)).toList();
    return byName.isEmpty() ? Optional.empty() : Optional.of(new Shelved(id, byName));
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
