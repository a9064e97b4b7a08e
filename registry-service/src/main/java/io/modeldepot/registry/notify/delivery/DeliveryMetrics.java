package io.modeldepot.registry.notify.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What came of attempts, counted. */
@Startup // what is never asked for is counted as none, and not missing
@ApplicationScoped
class DeliveryMetrics {

  /** What can come of one. */
  enum Outcome {
    /** The receiver took it. */
    DELIVERED,
    /** It is tried again. */
    FAILED,
    /** It is not tried again. */
    GIVEN_UP,
    /** The receiver is gone, and nothing is sent to it any more. */
    STOPPED
  }

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  DeliveryMetrics(MeterRegistry metrics) {
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("modeldepot.notifications")
              .description("Attempts to tell a receiver, by what came of them.")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .register(metrics));
    }
  }

  void count(Outcome outcome) {
    Objects.requireNonNull(counters.get(outcome)).increment();
  }
}
