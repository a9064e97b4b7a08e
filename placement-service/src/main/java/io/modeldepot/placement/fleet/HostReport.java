package io.modeldepot.placement.fleet;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.state.MeasuredEngine;
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
  private static final long STEP_BYTES = 256L << 20;

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

  /**
   * Whether another report says the same of the GPUs and of the engines that run there; what
   * changes from one look to the next aside.
   */
  public boolean saysTheSameAs(GpuReported other) {
    return unmeasured(report).equals(unmeasured(other)) && engines(report).equals(engines(other));
  }

  /** Without how full they are; their memory in large steps. */
  private static List<MeasuredEngine> engines(GpuReported report) {
    return report.engines().stream()
        .map(
            it ->
                new MeasuredEngine(
                    it.model(),
                    it.gpus(),
                    it.kvTokens(),
                    it.kvDtype(),
                    it.memoryUtilization(),
                    it.measuredBytes().map(bytes -> bytes / STEP_BYTES),
                    Optional.empty()))
        .toList();
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
