package io.modeldepot.registry.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GaugeOfModelsTest {
  private static final Tags PHI = Tags.of("model_name", "phi-2");
  private static final Tags QWEN = Tags.of("model_name", "qwen-7b");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final GaugeOfModels gauge = new GaugeOfModels(metrics, "size", "Bytes of a model.");

  @Test
  void aRowThatStaysIsChangedWhereItIs() {
    gauge.show(Map.of(PHI, 1.0));
    Gauge before = metrics.get("size").tags(PHI).gauge();

    gauge.show(Map.of(PHI, 2.0, QWEN, 3.0));

    assertThat(metrics.get("size").tags(PHI).gauge()).isSameAs(before);
    assertThat(before.value()).isEqualTo(2);
    assertThat(metrics.get("size").tags(QWEN).gauge().value()).isEqualTo(3);
  }

  @Test
  void whatIsGoneIsShownNoMoreUntilItComesAgain() {
    gauge.show(Map.of(PHI, 1.0, QWEN, 3.0));

    gauge.show(Map.of(QWEN, 3.0));

    assertThat(metrics.find("size").tags(PHI).gauge()).isNull();
    gauge.show(Map.of(PHI, 4.0, QWEN, 3.0));
    assertThat(metrics.get("size").tags(PHI).gauge().value()).isEqualTo(4);
  }
}
