package io.modeldepot.placement.explain;

import java.util.List;

/**
 * Why a model is where it is, or nowhere.
 *
 * @param sentence the cause in words
 * @param changes what would place it, or empty where it is placed
 */
public record Reason(String sentence, List<Change> changes) {
  /** Copies the list. */
  public Reason {
    changes = List.copyOf(changes);
  }
}
