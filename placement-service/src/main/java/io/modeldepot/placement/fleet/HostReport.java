package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.GpuReported;
import java.time.Instant;

/**
 * What a host said last.
 *
 * @param report what
 * @param heardAt when, by our clock where we were there, else as the record says
 */
public record HostReport(GpuReported report, Instant heardAt) {}
