package io.modeldepot.kit.trace;

import io.modeldepot.kit.connection.ServiceIdentity;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans by OTLP over HTTP, in batches, behind everybody's back: a receiver that is away costs
 * spans and nothing else. Loaded only where an endpoint is configured.
 */
final class OtlpExport implements AutoCloseable {
  private static final Duration TO_SEND = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Begins; the receiver need not be there.
   *
   * @param endpoint base address of a receiver, for example {@code http://collector:4318}
   * @param ratio of the traces that begin here, 0 to 1; of others who began them has decided
   * @throws IllegalArgumentException if the endpoint is no web address, or the ratio no ratio
   */
  OtlpExport(String endpoint, double ratio, ServiceIdentity identity) {
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.builder()
                                .put("service.namespace", "model-depot")
                                .put("service.name", identity.service())
                                .put("service.instance.id", identity.instance())
                                .put("service.version", identity.version())
                                .build())))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder()
                            .setEndpoint(traces(endpoint))
                            .setTimeout(TO_SEND)
                            .build())
                    .setScheduleDelay(BETWEEN)
                    .build())
            .build();
    this.tracer = provider.get("io.modeldepot", identity.version());
  }

  Tracer tracer() {
    return tracer;
  }

  @Override
  public void close() {
    provider.shutdown().join(TO_SEND.toSeconds(), TimeUnit.SECONDS);
  }

  private static String traces(String endpoint) {
    URI base = URI.create(endpoint.strip());
    if (base.getHost() == null || base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "an endpoint for traces is like http://collector:4318, without a user");
    }
    return base.toString().replaceFirst("/+$", "") + "/v1/traces";
  }
}
