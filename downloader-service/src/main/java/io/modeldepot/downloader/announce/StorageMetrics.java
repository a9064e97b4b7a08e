package io.modeldepot.downloader.announce;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.Usage;
import io.modeldepot.events.terms.FamilyName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/**
 * How full the volume is, as it was counted last. The location is a label, as one Prometheus sees
 * many; what belongs to no family has the label empty.
 */
@ApplicationScoped
class StorageMetrics {
  private final MultiGauge used;
  private final MultiGauge capacity;
  private final MultiGauge free;
  private final MultiGauge reserved;
  private final MultiGauge reclaimable;

  @Inject
  StorageMetrics(MeterRegistry registry) {
    used = gauge(registry, "modeldepot.store.bytes", "What takes the space of a volume.");
    capacity = gauge(registry, "modeldepot.store.capacity.bytes", "Size of a volume.");
    free = gauge(registry, "modeldepot.store.free.bytes", "What a new download may take.");
    reserved =
        gauge(registry, "modeldepot.store.reserved.bytes", "Promised to downloads under way.");
    reclaimable =
        gauge(
            registry,
            "modeldepot.store.reclaimable.bytes",
            "What clearing the cache and the trash would free.");
  }

  void counted(StorageReported report) {
    Tags at = Tags.of("location", report.location().value());
    used.register(report.usage().stream().<Row<?>>map(one -> row(at, one)).toList(), true);
    capacity.register(List.of(Row.of(at, report.capacityBytes())), true);
    free.register(List.of(Row.of(at, report.freeBytes())), true);
    reserved.register(List.of(Row.of(at, report.reservedBytes())), true);
    reclaimable.register(List.of(Row.of(at, report.cacheBytes() + report.trashBytes())), true);
  }

  private static Row<?> row(Tags at, Usage one) {
    return Row.of(
        at.and("family", one.family().map(FamilyName::value).orElse(""))
            .and("kind", one.kind().name().toLowerCase(Locale.ROOT)),
        one.bytes());
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String means) {
    return MultiGauge.builder(name).description(means).register(registry);
  }
}
