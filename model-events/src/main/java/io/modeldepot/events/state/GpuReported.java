package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import java.time.Instant;
import java.util.List;

/**
 * The GPUs of a host.
 *
 * @param location location
 * @param host host
 * @param gpus gpus
 * @param ttlSeconds ttlSeconds
 * @param reportedAt reportedAt
 * @param engines engines that run there, measured
 */
public record GpuReported(
    LocationName location,
    String host,
    List<Gpu> gpus,
    @JsonProperty(required = true) int ttlSeconds,
    Instant reportedAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MeasuredEngine> engines) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public GpuReported {
    Components.required(location, "location");
    Components.required(host, "host");
    gpus = Components.list(gpus);
    Components.required(reportedAt, "reportedAt");
    engines = Components.list(engines);
  }

  /** A report without engines. */
  public GpuReported(
      LocationName location, String host, List<Gpu> gpus, int ttlSeconds, Instant reportedAt) {
    this(location, host, gpus, ttlSeconds, reportedAt, List.of());
  }
}
