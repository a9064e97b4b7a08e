package io.modeldepot.placement.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.HostReport;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model of the seed, placed by the real planner, announced, and then measured. */
class MeasuringTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final SeedModel MODEL = SeedModel.LLAMA2_7B;
  private static final Demand DEMAND = MODEL.demand();
  private static final Fleet FLEET = SeedFleet.both();
  private static final long PER_TOKEN = 524_288;
  private static final ModelPlaced PLACED = placed();

  private static ModelPlaced placed() {
    Planner planner = new Planner(() -> Effort.steps(500, 100_000));
    return new Decisions("/m")
        .changed(
            planner.propose(new Scenario(FLEET, List.of(DEMAND), Assignments.NONE)),
            Map.of(),
            Map.of(),
            1,
            NOON)
        .getFirst();
  }

  private static String gpu() {
    return PLACED.replicas().getFirst().gpus().getFirst().id();
  }

  private static double share() {
    return PLACED.replicas().getFirst().engine().args().stream()
        .filter(it -> it.startsWith("--gpu-memory-utilization="))
        .mapToDouble(it -> Double.parseDouble(it.substring(it.indexOf('=') + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** Its documented need for this cache, and so much more. */
  private static MeasuredEngine engine(long kvTokens, long moreBytes) {
    long weights = MODEL.memory().breakdown(new Ask(Variant.FP16, 1, 4096, 1)).weightsBytes();
    long overhead = MODEL.memory().breakdown(new Ask(Variant.FP16, 1, 4096, 1)).overheadBytes();
    return new MeasuredEngine(
        MODEL.model(),
        List.of(gpu()),
        kvTokens,
        "auto",
        Optional.of(share()),
        Optional.of(weights + overhead + kvTokens * PER_TOKEN + moreBytes),
        Optional.empty());
  }

  private static List<EngineComparison> compare(MeasuredEngine... engines) {
    return new Measuring(FLEET, Map.of(MODEL.model().value(), DEMAND), List.of(PLACED))
        .compare(List.of(report("gpu-host", engines)));
  }

  private static HostReport report(String host, MeasuredEngine... engines) {
    GpuReported report =
        new GpuReported(LocationName.of("default"), host, List.of(), 60, NOON, List.of(engines));
    return HostReport.of(report, NOON, NOON, Optional.empty());
  }

  private static EngineComparison only(MeasuredEngine engine) {
    return compare(engine).getFirst();
  }

  @Test
  void anEngineThatIsAsPlannedIsOffByNothing() {
    EngineComparison one = only(engine(10 * 4096, 0));

    assertThat(one.refused()).isEmpty();
    assertThat(one.source()).isEqualTo("nvidia-smi");
    assertThat(one.usersThatFit()).isEqualTo(10);
    var entry = Measuring.calibrations(List.of(one)).entries().getFirst();
    assertThat(entry.calibration().errorBeforeBytes()).isZero();
  }

  @Test
  void whatItTakesBeyondThePlanIsPlannedWithFromThenOn() {
    Calibrations learnt = Measuring.calibrations(compare(engine(10 * 4096, 1L << 30)));

    var kind =
        FLEET.find(new io.modeldepot.placement.fleet.GpuId("gpu-host", gpu())).orElseThrow().kind();
    Ask ask = new Ask(Variant.FP16, 10, 4096, 1);
    long before = DEMAND.memoryOn(kind).breakdown(ask).bytesPerGpu();
    long after = DEMAND.by(learnt).memoryOn(kind).breakdown(ask).bytesPerGpu();
    assertThat(after - before).isBetween(1L << 30, (1L << 30) + (64L << 20));
    assertThat(DEMAND.by(learnt).memoryOn(kind).breakdown(ask).engine())
        .isEqualTo("vllm/calibrated");
    assertThat(learnt.entries().getFirst().calibration().errorBeforeBytes()).isEqualTo(1L << 30);
    assertThat(learnt.entries().getFirst().calibration().errorAfterBytes()).isLessThan(64L << 20);
  }

  @Test
  void whereNobodySeesItsProcessesItsShareTellsWhatItTakes() {
    MeasuredEngine seen = engine(10 * 4096, 0);
    MeasuredEngine hidden =
        new MeasuredEngine(
            seen.model(),
            seen.gpus(),
            seen.kvTokens(),
            seen.kvDtype(),
            seen.memoryUtilization(),
            Optional.empty(),
            seen.kvUsage());

    EngineComparison one = only(hidden);

    assertThat(one.source()).isEqualTo("vllm");
    long memory = FLEET.find(one.gpus().getFirst()).orElseThrow().kind().memoryBytes();
    assertThat(one.measurement().orElseThrow().measuredBytes())
        .isCloseTo((long) (memory * share()), org.assertj.core.data.Offset.offset(1L));
  }

  @Test
  void onlyWhatWasDecidedSaysSomethingAboutTheConstants() {
    MeasuredEngine it = engine(4096, 0);

    assertThat(only(with(it, List.of("7"), "auto", share())).refused())
        .contains("There are no such GPUs.");
    assertThat(only(with(it, List.of(otherGpu()), "auto", share())).refused())
        .contains("It is not placed there.");
    assertThat(only(with(it, it.gpus(), "fp8", share())).refused())
        .contains("Its KV cache is held in fp8, which was not decided.");
    assertThat(only(with(it, it.gpus(), "auto", 0.9)).refused().orElseThrow())
        .startsWith("It was started with another share of the GPU than was decided: 0.9000, not ");
    assertThat(only(engine(4096, 30L << 30)).refused()).get().asString().contains("somebody else");
    assertThat(Measuring.calibrations(compare(engine(4096, 30L << 30))).entries()).isEmpty();
    assertThat(
            new Measuring(FLEET, Map.of(), List.of(PLACED))
                .compare(List.of(report("gpu-host", it)))
                .getFirst()
                .refused())
        .contains("Nothing is asked of that model.");
  }

  @Test
  void aReportWithAnotherCacheAsksForAnotherPlanAndOneThatOnlySwaysDoesNot() {
    HostReport host = report("gpu-host", engine(10 * 4096, 0));

    assertThat(host.saysTheSameAs(report("gpu-host", engine(10 * 4096, 1 << 20)).report()))
        .isTrue();
    assertThat(host.saysTheSameAs(report("gpu-host", engine(9 * 4096, 0)).report())).isFalse();
    assertThat(host.saysTheSameAs(report("gpu-host").report())).isFalse();
  }

  private static String otherGpu() {
    return gpu().equals("0") ? "1" : "0";
  }

  private static MeasuredEngine with(
      MeasuredEngine it, List<String> gpus, String kvDtype, double share) {
    return new MeasuredEngine(
        it.model(),
        gpus,
        it.kvTokens(),
        kvDtype,
        Optional.of(share),
        it.measuredBytes(),
        it.kvUsage());
  }
}
