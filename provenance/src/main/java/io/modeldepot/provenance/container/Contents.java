package io.modeldepot.provenance.container;

import java.util.List;

/**
 * What is in a container, whichever way a reader finds it.
 *
 * @param parts every part that some reader would find, once each
 * @param faults sentences on what no writer of checkpoints does and readers disagree about
 */
public record Contents(List<Part> parts, List<String> faults) {
  /** Keeps copies. */
  public Contents {
    parts = List.copyOf(parts);
    faults = List.copyOf(faults);
  }
}
