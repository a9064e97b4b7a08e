package io.modeldepot.janitor.job;

import io.modeldepot.store.ModelStore;

/**
 * Has figures that were noted on the volume and outlive a process. Every one is an
 * application-scoped bean; the crew finds it.
 */
public interface Remembers {
  /** Reads what was noted; what came meanwhile in this process counts instead. */
  void recall(ModelStore store);
}
