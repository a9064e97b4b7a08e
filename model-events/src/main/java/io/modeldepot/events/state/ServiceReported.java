package io.modeldepot.events.state;

import io.modeldepot.events.terms.Components;
import java.time.Instant;
import java.util.Optional;

/**
 * That a service is there, and how it is.
 *
 * @param service service
 * @param instance instance
 * @param version version
 * @param state state
 * @param detail detail
 * @param lagRecords lagRecords
 * @param lagSeconds lagSeconds
 * @param reportedAt reportedAt
 */
public record ServiceReported(
    String service,
    String instance,
    String version,
    ServiceState state,
    Optional<String> detail,
    Optional<Long> lagRecords,
    Optional<Double> lagSeconds,
    Instant reportedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ServiceReported {
    Components.required(service, "service");
    Components.required(instance, "instance");
    Components.required(version, "version");
    Components.required(state, "state");
    detail = Components.optional(detail);
    lagRecords = Components.optional(lagRecords);
    lagSeconds = Components.optional(lagSeconds);
    Components.required(reportedAt, "reportedAt");
  }
}
