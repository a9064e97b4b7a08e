package io.modeldepot.kit.trace;

import io.modeldepot.kit.connection.ServiceIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/**
 * Makes what traces, from {@code depot.trace.endpoint} or OpenTelemetry's own {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT} (without either nothing is recorded) and {@code depot.trace.ratio}.
 */
@ApplicationScoped
public class TraceBeans {

  @Produces
  @Singleton
  Tracing tracing(Config config, ServiceIdentity identity) {
    return config
        .getOptionalValue("depot.trace.endpoint", String.class)
        .or(() -> config.getOptionalValue("otel.exporter.otlp.endpoint", String.class))
        .filter(endpoint -> !endpoint.isBlank())
        .map(
            endpoint ->
                Tracing.to(
                    new OtlpExport(
                        endpoint,
                        config.getOptionalValue("depot.trace.ratio", Double.class).orElse(1.0),
                        identity)))
        .orElseGet(Tracing::passingOn);
  }

  void close(@Disposes Tracing tracing) {
    tracing.close();
  }
}
