package io.modeldepot.placement.explain;

import io.modeldepot.events.state.PlacementObstacle;
import java.util.List;
import java.util.Optional;

/**
 * Why a model is where it is, or nowhere.
 *
 * @param sentence the cause in words
 * @param obstacle the same in one word, where it is nowhere
 * @param changes what would place it, or empty where it is placed
 */
public record Reason(String sentence, Optional<PlacementObstacle> obstacle, List<Change> changes) {
  /** Copies the list. */
  public Reason {
    changes = List.copyOf(changes);
  }
}
