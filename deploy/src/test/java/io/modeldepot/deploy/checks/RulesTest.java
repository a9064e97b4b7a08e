package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.rendering.Chart;
import io.modeldepot.deploy.strict.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the rules find what they are there for: each gets manifests with one thing wrong. */
class RulesTest {
  private static final String RIGHT =
      Chart.render("depot", Checkout.file(Chart.FOLDER + "/examples/two-locations.yaml"), Map.of());

  @Test
  void whatIsRightPasses() {
    assertThat(Rules.faults(Manifests.in(RIGHT))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "containerPort: 8085 | containerPort: 8084 | has port 8084",
        "port: 8085, targetPort | port: 8086, targetPort | has another port than its pods",
        "/q/health/ready | /health | readinessProbe asks",
        "/q/health/live | /q/health/ready | livenessProbe asks",
        "DEPOT_ANNOUNCE_MIRROR_URLS | DEPOT_MIRROR_URLS | nothing reads DEPOT_MIRROR_URLS",
        "mountPath: /opt/ai-models, readOnly: true | mountPath: /opt/ai-models | as it should not",
        "mountPath: /opt/ai-models } | mountPath: /opt/ai-models, readOnly: true } | as it should not",
        "type: Directory | type: DirectoryOrCreate | makes a directory",
        "readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | writes to its image",
        "memory: 768Mi | memory: 512Mi | less than twice its heap",
        "HF_TOKEN_PATH: \"/etc/model-depot | HF_TOKEN_PATH: \"/etc/depot | nothing is mounted",
        "name: depot-janitor-north | name: depot-janitor-default | is there twice",
        "runAsNonRoot: true | runAsNonRoot: false | not sure of its user",
      })
  void whatIsWrongIsNamed(String right, String wrong, String named) {
    List<String> faults = Rules.faults(Manifests.in(RIGHT.replace(right, wrong)));

    assertThat(RIGHT).contains(right);
    assertThat(faults).anyMatch(it -> it.contains(named));
  }
}
