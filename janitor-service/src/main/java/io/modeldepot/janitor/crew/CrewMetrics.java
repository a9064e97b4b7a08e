package io.modeldepot.janitor.crew;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.modeldepot.store.keep.VolumeKeeper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Whether this janitor is the one of its location: one works, others wait to take over. */
@Singleton
public class CrewMetrics implements MeterBinder {
  private final Crew crew;
  private final VolumeKeeper volume;

  @Inject
  CrewMetrics(Crew crew, VolumeKeeper volume) {
    this.crew = crew;
    this.volume = volume;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("modeldepot.janitor.works", () -> crew.works() ? 1 : 0)
        .description("1 for the janitor that looks after a location, 0 for one that waits.")
        .tag("location", volume.location().value())
        .register(registry);
  }
}
