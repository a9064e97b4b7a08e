package io.modeldepot.kit.measure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.modeldepot.kit.connection.ServiceIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which program this is. A series that is missing is a service that reports nothing. */
@Singleton
public class BuildInfo implements MeterBinder {
  private final ServiceIdentity identity;
  private final String revision;

  /**
   * For the container.
   *
   * @param revision the revision of the sources that this was built from, for the metric {@code
   *     modeldepot_build_info}
   */
  @Inject
  public BuildInfo(
      ServiceIdentity identity,
      @ConfigProperty(name = "depot.revision", defaultValue = "unknown") String revision) {
    this.identity = identity;
    this.revision = revision;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("modeldepot.build.info", () -> 1)
        .description("Which program this is; always 1.")
        .tag("service", identity.service())
        .tag("version", identity.version())
        .tag("revision", revision)
        .tag("java", Runtime.version().toString())
        .register(registry);
  }
}
