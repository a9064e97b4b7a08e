package io.modeldepot.kit.trace;

import io.modeldepot.kit.connection.ServiceIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes what traces; where nobody says where to, nothing is recorded. */
@ApplicationScoped
public class TraceBeans {

  /**
   * Made once.
   *
   * @param own where this service sends its traces, before OpenTelemetry's own setting
   * @param everybody where traces are sent, by OTLP over HTTP: {@code http://collector:4318};
   *     without it nothing is recorded
   * @param ratio the part of the traces that begin here that is recorded, 0 to 1
   */
  @Produces
  @Singleton
  Tracing tracing(
      @ConfigProperty(name = "depot.trace.endpoint") Optional<String> own,
      @ConfigProperty(name = "otel.exporter.otlp.endpoint") Optional<String> everybody,
      @ConfigProperty(name = "depot.trace.ratio", defaultValue = "1.0") double ratio,
      ServiceIdentity identity) {
    return own.or(() -> everybody)
        .filter(endpoint -> !endpoint.isBlank())
        .map(endpoint -> Tracing.to(new OtlpExport(endpoint, ratio, identity)))
        .orElseGet(Tracing::passingOn);
  }

  void close(@Disposes Tracing tracing) {
    tracing.close();
  }
}
