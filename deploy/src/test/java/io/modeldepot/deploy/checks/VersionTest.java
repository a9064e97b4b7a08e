package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.rendering.Chart;
import io.modeldepot.deploy.strict.Manifests;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void theChartIsOfTheVersionThatIsBuilt() {
    String version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Checkout.read("pom.xml"))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);

    assertThat(
            Manifests.in(Checkout.read(Chart.FOLDER + "/Chart.yaml"))
                .getFirst()
                .path("appVersion")
                .asText())
        .isEqualTo(version);
  }
}
