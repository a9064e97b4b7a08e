package io.modeldepot.placement.site;

import io.modeldepot.events.state.GpuShare;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.Replica;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.HostReport;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.Calibrations.Measurement;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.Variant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what engines are with what was decided for them. Only an engine that runs where it was
 * placed, in the form and with the share that were decided, says something about the constants.
 *
 * <p>vLLM fills its share with KV cache, whatever was planned; so what it needs besides is what it
 * takes less that cache, less weights and activations. What it takes is what {@code nvidia-smi}
 * sees of its processes; without that, the share that it was given, which vLLM keeps to.
 */
final class Measuring {
  private static final String SHARE = "--gpu-memory-utilization=";
  private static final Set<String> SIXTEEN_BITS = Set.of("auto", "float16", "bfloat16", "half");
  private static final double SAME_SHARE = 0.00005;

  private final Fleet fleet;
  private final Map<String, Demand> demands;
  private final Map<String, ModelPlaced> announced = new TreeMap<>();

  Measuring(Fleet fleet, Map<String, Demand> demands, Collection<ModelPlaced> announced) {
    this.fleet = fleet;
    this.demands = demands;
    announced.forEach(it -> this.announced.put(it.model().value(), it));
  }

  /** Every engine that was reported. */
  List<EngineComparison> compare(Collection<HostReport> hosts) {
    List<EngineComparison> all = new ArrayList<>();
    for (HostReport host : hosts) {
      for (MeasuredEngine engine : host.report().engines()) {
        all.add(compare(host.report().host(), engine));
      }
    }
    return all;
  }

  /** What follows for the constants from those that are believed. */
  static Calibrations calibrations(List<EngineComparison> compared) {
    Map<String, List<Measurement>> byCase = new TreeMap<>();
    for (EngineComparison one : compared) {
      if (one.refused().isEmpty() && one.measurement().isPresent()) {
        byCase
            .computeIfAbsent(one.model() + "|" + one.gpuName(), key -> new ArrayList<>())
            .add(one.measurement().get());
      }
    }
    Calibrations learnt = Calibrations.NONE;
    for (List<Measurement> together : byCase.values()) {
      learnt = learnt.with(EngineCosts.VLLM, together);
    }
    return learnt;
  }

  private EngineComparison compare(String host, MeasuredEngine engine) {
    List<GpuId> gpus =
        engine.gpus().stream()
            .filter(id -> !id.isBlank() && !host.isBlank())
            .map(id -> new GpuId(host, id))
            .toList();
    Optional<FleetGpu> first = gpus.stream().findFirst().flatMap(fleet::find);
    Demand demand = demands.get(engine.model().value());
    if (first.isEmpty() || demand == null) {
      return EngineComparison.refused(
          engine.model(),
          gpus,
          demand == null ? "Nothing is asked of that model." : "There are no such GPUs.");
    }
    Optional<Replica> replica = replica(engine, host);
    if (replica.isEmpty()) {
      return EngineComparison.refused(engine.model(), gpus, "It is not placed there.");
    }
    return compare(engine, gpus, first.get(), demand, replica.get());
  }

  private Optional<Replica> replica(MeasuredEngine engine, String host) {
    Set<String> gpus = new HashSet<>(engine.gpus());
    return Optional.ofNullable(announced.get(engine.model().value())).stream()
        .flatMap(it -> it.replicas().stream())
        .filter(it -> it.host().equals(host))
        .filter(it -> Set.copyOf(it.gpus().stream().map(GpuShare::id).toList()).equals(gpus))
        .findFirst();
  }

  private static EngineComparison compare(
      MeasuredEngine engine, List<GpuId> gpus, FleetGpu gpu, Demand demand, Replica replica) {
    Optional<Variant> variant =
        replica.quantization().or(() -> Optional.of(replica.dtype())).flatMap(Variant::named);
    BigDecimal share = share(replica);
    if (variant.isEmpty() || !demand.shape().canBeCutInto(replica.tensorParallel())) {
      return EngineComparison.refused(
          engine.model(), gpus, "The decision is of another version of the model.");
    }
    Ask ask =
        new Ask(variant.get(), replica.users(), replica.contextTokens(), replica.tensorParallel());
    MemoryModel memory = new MemoryModel(demand.shape(), EngineCosts.VLLM);
    Breakdown planned = memory.breakdown(ask);
    long taken =
        engine
            .measuredBytes()
            .orElseGet(
                () -> share.multiply(BigDecimal.valueOf(gpu.kind().memoryBytes())).longValue());
    Measurement measurement =
        new Measurement(
            engine.model().value(),
            gpu.kind().name(),
            planned,
            taken,
            memory.kvBytes(variant.get(), engine.kvTokens(), replica.tensorParallel()));
    return new EngineComparison(
        engine.model(),
        gpus,
        gpu.kind().name(),
        engine.measuredBytes().isPresent() ? "nvidia-smi" : "vllm",
        replica.users(),
        engine.kvTokens() / Math.max(1, replica.contextTokens()),
        Optional.of(measurement),
        otherwiseStarted(engine, share).or(() -> measurement.fault(EngineCosts.VLLM)));
  }

  private static Optional<String> otherwiseStarted(MeasuredEngine engine, BigDecimal share) {
    if (!SIXTEEN_BITS.contains(engine.kvDtype())) {
      return Optional.of(
          "Its KV cache is held in " + engine.kvDtype() + ", which was not decided.");
    }
    double is = engine.memoryUtilization().orElse(share.doubleValue());
    return Math.abs(is - share.doubleValue()) > SAME_SHARE
        ? Optional.of(
            "It was started with another share of the GPU than was decided: %s, not %s."
                .formatted(number(is), share.toPlainString()))
        : Optional.empty();
  }

  private static String number(double is) {
    return String.format(Locale.ROOT, "%.4f", is);
  }

  private static BigDecimal share(Replica replica) {
    return replica.engine().args().stream()
        .filter(it -> it.startsWith(SHARE))
        .map(it -> it.substring(SHARE.length()))
        .filter(it -> it.matches("[01](\\.[0-9]{1,9})?"))
        .map(BigDecimal::new)
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }
}
