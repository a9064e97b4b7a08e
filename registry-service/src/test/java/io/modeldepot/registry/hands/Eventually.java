package io.modeldepot.registry.hands;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting for what happens by itself; so long that only what never happens fails. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  /** The beginning of a condition. */
  public static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }
}
