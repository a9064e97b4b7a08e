package io.modeldepot.testkit.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.ModelStore;
import java.io.IOException;
import java.nio.file.Path;

/** Assertions about what must hold of a volume, whoever worked on it. */
public final class StoreInvariants {
  private StoreInvariants() {}

  /** Fails if a volume breaks what must hold at any moment, also while processes work on it. */
  public static void assertHoldAtAnyMoment(Path root) throws IOException {
    assertThat(ModelStore.open(root).invariants().brokenAtAnyMoment())
        .as("invariants of %s", root)
        .isEmpty();
  }

  /** Fails if a volume breaks what must hold when no work is under way. */
  public static void assertHoldAtRest(Path root) throws IOException {
    assertThat(ModelStore.open(root).invariants().brokenAtRest())
        .as("invariants of %s at rest", root)
        .isEmpty();
  }
}
