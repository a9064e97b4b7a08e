package io.modeldepot.systemtests.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.systemtests.metrics.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

  @Test
  void metricsAreToldFromFunctionsLabelsAndNumbers() {
    PromQl read =
        new PromQl(
            "histogram_quantile(0.99, sum by (le, topic) (rate(a_bucket{x=\"1\",y=~\"b|c\"}[5m]))) > 60");

    assertThat(read.selectors()).containsExactly(new Selector("a_bucket", Set.of("x", "y")));
    assertThat(read.groupings()).containsExactly("le", "topic");
  }

  @Test
  void bothSidesOfAnOperatorAreRead() {
    PromQl read = new PromQl("avg by (m) (vllm:a) * on (m) sum(b{k=\"}\"}) unless c offset 5m");

    assertThat(read.selectors()).extracting(Selector::metric).containsExactly("vllm:a", "b", "c");
    assertThat(read.groupings()).containsExactly("m");
  }
}
