package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host said last.
 *
 * @param report what
 * @param heardAt when, by our clock where we were there, else as the record says
 * @param silentFrom from when on its silence counts towards being given up
 * @param lostSince since when it has said of a GPU, again and again, that it is lost
 */
public record HostReport(
    GpuReported report, Instant heardAt, Instant silentFrom, Map<String, Instant> lostSince) {
  public HostReport {
    lostSince = Map.copyOf(lostSince);
  }

  /**
   * Heard now, or read of the past.
   *
   * @param listeningSince since when we hear hosts: whom nobody listened to has not been silent
   * @param before what the same host said before, as far as we know
   */
  public static HostReport of(
      GpuReported report, Instant heardAt, Instant listeningSince, Optional<HostReport> before) {
    Instant counted = heardAt.isBefore(listeningSince) ? listeningSince : heardAt;
    Map<String, Instant> lost = new LinkedHashMap<>();
    report.gpus().stream()
        .filter(gpu -> gpu.state() != GpuState.READY)
        .forEach(
            gpu ->
                lost.put(gpu.id(), before.map(it -> it.lostSince().get(gpu.id())).orElse(heardAt)));
    return new HostReport(report, heardAt, counted.plusSeconds(report.ttlSeconds()), lost);
  }

  /** Whether another report says the same of the GPUs, measurements aside. */
  public boolean saysTheSameAs(GpuReported other) {
    return unmeasured(report).equals(unmeasured(other));
  }

  private static List<Gpu> unmeasured(GpuReported report) {
    return report.gpus().stream()
        .map(
            gpu ->
                new Gpu(
                    gpu.id(),
                    gpu.name(),
                    gpu.memoryBytes(),
                    gpu.usableBytes(),
                    Optional.empty(),
                    gpu.state()))
        .toList();
  }
}
