package io.modeldepot.kit.measure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.modeldepot.kit.connection.ServiceIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** How long records wait, from being published to being handled. Safe for threads. */
@Singleton
public class EventAges {
  /** From what feels immediate to what somebody complains about. */
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final ServiceIdentity identity;

  @Inject
  public EventAges(MeterRegistry registry, ServiceIdentity identity) {
    this.registry = registry;
    this.identity = identity;
  }

  /**
   * A record was handled.
   *
   * @param topic where it is from
   * @param published when; by a clock ahead of ours it counts as just now
   * @param handled when what it asks for was durable
   */
  public void handled(String topic, Instant published, Instant handled) {
    Duration age = Duration.between(published, handled);
    Timer.builder("modeldepot.event.age")
        .description("From publishing a record to handling it.")
        .tag("topic", topic)
        .tag("service", identity.service())
        .serviceLevelObjectives(BOUNDS)
        .register(registry)
        .record(age.isNegative() ? Duration.ZERO : age);
  }
}
