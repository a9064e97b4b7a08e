package io.modeldepot.mirror.shelf;

import java.util.List;

/**
 * Everything that one name leads to.
 *
 * @param id the repository's name as its owner writes it, or the model's
 * @param editions its versions, newest first; at least one
 */
public record Shelved(String id, List<Edition> editions) {
  public Shelved {
    editions = List.copyOf(editions);
  }
}
