package io.modeldepot.placement.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.LocationName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetMergeTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final GpuId ZERO = new GpuId("gpu-host", "0");
  private static final FleetMerge MERGE = new FleetMerge(Duration.ofMinutes(5));

  @Test
  void whereNobodyReportsTheFileCounts() {
    Fleet fleet = MERGE.at(NOON, SeedGpus.hosts(LocationName.of("default")), List.of(), List.of());

    assertThat(fleet.gpus()).hasSize(2);
    assertThat(fleet.find(ZERO).orElseThrow().condition()).isEqualTo(new Condition.Ready());
  }

  @Test
  void aHostThatReportsIsTakenFromItsReport() {
    Fleet fleet =
        MERGE.at(NOON, SeedGpus.hosts(LocationName.of("default")), List.of(heard(NOON)), List.of());

    assertThat(fleet.gpus()).hasSize(1);
    assertThat(fleet.gpus().getFirst().kind().name()).isEqualTo("A");
  }

  @Test
  void aSilentHostIsLostThenGivenUp() {
    HostReport heard = heard(NOON);

    assertThat(condition(heard, NOON.plusSeconds(59))).isEqualTo(new Condition.Ready());
    assertThat(condition(heard, NOON.plusSeconds(60)))
        .isEqualTo(new Condition.Lost(NOON, NOON.plusSeconds(360)));
    assertThat(condition(heard, NOON.plusSeconds(360))).isEqualTo(new Condition.GivenUp(NOON));
  }

  @Test
  void aGpuThatItsHostCallsLostIsLostAtOnce() {
    HostReport heard = heard(NOON, GpuState.LOST);

    assertThat(condition(heard, NOON.plusSeconds(1))).isInstanceOf(Condition.Lost.class);
  }

  @Test
  void whatAnOperatorWishesWinsOverWhatTheHostSaysUntilItsTime() {
    GpuWish wish =
        wish(Map.of("state", "drained", "reason", "new fan", "until", "2026-11-23T13:00:00Z"));

    assertThat(MERGE.at(NOON, List.of(), List.of(heard(NOON)), List.of(wish)).gpus().getFirst())
        .extracting(FleetGpu::condition)
        .isEqualTo(new Condition.Drained(Optional.of(NOON.plus(Duration.ofHours(1))), "new fan"));
    Instant later = NOON.plus(Duration.ofHours(1));
    assertThat(MERGE.at(later, List.of(), List.of(heard(later)), List.of(wish)).gpus().getFirst())
        .extracting(FleetGpu::condition)
        .isEqualTo(new Condition.Ready());
  }

  @Test
  void aReservationIsTakenFromWhatMayBePlanned() {
    GpuWish wish = wish(Map.of("reservedBytes", 40, "reason", "trial"));

    FleetGpu gpu = MERGE.at(NOON, List.of(), List.of(heard(NOON)), List.of(wish)).gpus().getFirst();

    assertThat(gpu.plannableBytes()).isEqualTo(50);
    assertThat(gpu.usableBytes()).isEqualTo(90);
  }

  @Test
  void theFleetKnowsWhenItChangesByItself() {
    GpuWish wish =
        wish(Map.of("reservedBytes", 40, "reason", "trial", "until", "2026-11-23T13:00:00Z"));

    assertThat(MERGE.at(NOON, List.of(), List.of(heard(NOON)), List.of(wish)).nextChange(NOON))
        .contains(NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void ofTwoReportsAboutOneGpuTheLaterCountsAndOneWithoutANameIsPassedOver() {
    Gpu nameless = new Gpu(" ", "B", 100, 90, Optional.empty(), GpuState.READY);
    Gpu other = new Gpu("0", "B", 100, 90, Optional.empty(), GpuState.READY);
    HostReport later =
        HostReport.of(
            new GpuReported(
                LocationName.of("default"), "gpu-host", List.of(nameless, other), 60, NOON),
            NOON.plusSeconds(1),
            NOON,
            Optional.empty());

    Fleet fleet = MERGE.at(NOON, List.of(), List.of(heard(NOON), later), List.of());

    assertThat(fleet.gpus()).hasSize(1);
    assertThat(fleet.gpus().getFirst().kind().name()).isEqualTo("B");
  }

  @Test
  void saidAgainAndAgainALostGpuIsGivenUpAfterTheGraceAllTheSame() {
    HostReport first = heard(NOON, GpuState.LOST);
    Instant later = NOON.plus(MERGE.grace()).plusSeconds(1);

    HostReport again = HostReport.of(first.report(), later, NOON, Optional.of(first));

    assertThat(condition(first, NOON)).isInstanceOf(Condition.Lost.class);
    assertThat(condition(again, later)).isInstanceOf(Condition.GivenUp.class);
    HostReport back = HostReport.of(heard(later).report(), later, NOON, Optional.of(again));
    assertThat(condition(back, later)).isInstanceOf(Condition.Ready.class);
  }

  @Test
  void whomNobodyListenedToIsNotGivenUpBeforeTheGrace() {
    Instant longAgo = NOON.minus(Duration.ofDays(1));
    HostReport old = HostReport.of(heard(longAgo).report(), longAgo, NOON, Optional.empty());

    assertThat(condition(old, NOON)).isInstanceOf(Condition.Lost.class);
    assertThat(condition(old, NOON.plusSeconds(60).plus(MERGE.grace())))
        .isInstanceOf(Condition.GivenUp.class);
  }

  @Test
  void anotherMeasurementIsNothingNew() {
    HostReport one = heard(NOON);
    Gpu measured = new Gpu("0", "A", 100, 90, Optional.of(7L), GpuState.READY);
    Gpu larger = new Gpu("0", "A", 200, 90, Optional.empty(), GpuState.READY);

    assertThat(one.saysTheSameAs(report(measured))).isTrue();
    assertThat(one.saysTheSameAs(report(larger))).isFalse();
  }

  private static GpuReported report(Gpu gpu) {
    return new GpuReported(LocationName.of("default"), "gpu-host", List.of(gpu), 60, NOON);
  }

  @Test
  void otherSettingsAreNoWishesForGpus() {
    assertThat(GpuWish.of(new SiteDescribed("retention", Map.of("keep", 3), 1))).isEmpty();
    assertThat(GpuWish.of(new SiteDescribed("gpu/only-a-host", Map.of(), 1))).isEmpty();
  }

  private static Condition condition(HostReport heard, Instant now) {
    return MERGE.at(now, List.of(), List.of(heard), List.of()).gpus().getFirst().condition();
  }

  private static GpuWish wish(Map<String, Object> value) {
    return GpuWish.of(new SiteDescribed("gpu/gpu-host/0", value, 1)).orElseThrow();
  }

  private static HostReport heard(Instant at) {
    return heard(at, GpuState.READY);
  }

  private static HostReport heard(Instant at, GpuState state) {
    Gpu gpu = new Gpu("0", "A", 100, 90, Optional.empty(), state);
    return HostReport.of(
        new GpuReported(LocationName.of("default"), "gpu-host", List.of(gpu), 60, at),
        at,
        at,
        Optional.empty());
  }
}
