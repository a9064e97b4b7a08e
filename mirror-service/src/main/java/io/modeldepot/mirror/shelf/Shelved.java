package io.modeldepot.mirror.shelf;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one name leads to.
 *
 * @param id the repository's name as its owner writes it, or the model's
 * @param editions its versions, newest first; at least one
 */
public record Shelved(String id, List<Edition> editions) {
  static final Comparator<Edition> NEWEST_FIRST =
      Comparator.comparing(Edition::isCurrent)
          .thenComparing(Edition::createdAt)
          .thenComparing(Edition::commit)
          .reversed();

  public Shelved {
    editions = List.copyOf(editions);
  }

  /**
   * What a name leads to among these versions: a repository, spelled in any case as at the Hub, or
   * a catalog name. Of a repository that several models come from, all versions.
   */
  public static Optional<Shelved> find(String id, Collection<Edition> among) {
    List<Edition> byRepository =
        among.stream()
            .filter(e -> e.repository().filter(r -> r.value().equalsIgnoreCase(id)).isPresent())
            .sorted(NEWEST_FIRST)
            .toList();
    if (!byRepository.isEmpty()) {
      return Optional.of(new Shelved(byRepository.getFirst().id(), byRepository));
    }
    List<Edition> byName =
        among.stream().filter(e -> e.model().value().equals(id)).sorted(NEWEST_FIRST).toList();
    return byName.isEmpty() ? Optional.empty() : Optional.of(new Shelved(id, byName));
  }
}
