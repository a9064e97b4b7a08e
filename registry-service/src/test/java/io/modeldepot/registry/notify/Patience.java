package io.modeldepot.registry.notify;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long is waited for what other tests' records may stand before. */
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Patience() {}

  static ConditionFactory await() {
    return Awaitility.await().atMost(LONGEST);
  }
}
