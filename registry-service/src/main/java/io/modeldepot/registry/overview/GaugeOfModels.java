package io.modeldepot.registry.overview;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/**
 * A gauge with a row for each model. A row that stays is changed where it is: to register thousands
 * of them every few seconds holds everybody up. For one thread; scrapes may read meanwhile.
 */
final class GaugeOfModels {
  private final MeterRegistry metrics;
  private final String name;
  private final String means;
  private final Map<Tags, Row> rows = new HashMap<>();

  GaugeOfModels(MeterRegistry metrics, String name, String means) {
    this.metrics = metrics;
    this.name = name;
    this.means = means;
  }

  private final class Row {
    private final Gauge gauge;
    private volatile double value;

    Row(Tags tags, double first) {
      value = first;
      gauge =
          Gauge.builder(name, this, row -> row.value)
              .description(means)
              .tags(tags)
              .strongReference(true)
              .register(metrics);
    }
  }

  /** Shows these rows and no others. */
  void show(Map<Tags, Double> now) {
    rows.entrySet()
        .removeIf(
            shown -> {
              boolean gone = !now.containsKey(shown.getKey());
              if (gone) {
                metrics.remove(shown.getValue().gauge);
              }
              return gone;
            });
    now.forEach(
        (tags, value) -> rows.computeIfAbsent(tags, it -> new Row(it, value)).value = value);
  }
}
