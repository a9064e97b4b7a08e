package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.rendering.Chart;
import io.modeldepot.deploy.strict.Manifests;
import io.modeldepot.deploy.strict.PublishedTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  private static final String EXAMPLES = Chart.FOLDER + "/examples/";

  @Test
  void helmFindsNothingToSay() {
    assertThat(Chart.faults()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operators", "two-locations", "engines-of-your-own", "plain"})
  void everyManifestIsOfAPublishedTypeAndFitsTheOthersAndTheCode(String example) {
    List<JsonNode> manifests = rendered(example, Map.of());

    assertThat(manifests).hasSizeGreaterThan(15);
    assertThat(manifests.stream().flatMap(it -> PublishedTypes.faults(it).stream())).isEmpty();
    assertThat(Rules.faults(manifests)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "locations[0].name, North, locations",
    "locations[0].volume.onwer, 0, onwer",
    "registry.settings.DEPOT_ACCESS_TOKEN, abc, DEPOT_ACCESS_TOKEN",
    "kafka.bootstrapServers, kafka, bootstrapServers",
    "kafka.strimzi.replicas, 2, replicas",
    "secrets.accessToken, '', accessToken",
    "engine.enabled, true, engine",
  })
  void aValueThatIsNoneIsRefusedByName(String name, String value, String named) {
    assertThatThrownBy(() -> rendered("plain", Map.of(name, value))).hasMessageContaining(named);
  }

  @Test
  void aChangedSettingStartsItsPodsAnewAndNoOthers() {
    List<JsonNode> before = rendered("plain", Map.of());
    List<JsonNode> after = rendered("plain", Map.of("registry.settings.DEPOT_UPDATES_EVERY", "1h"));

    assertThat(
            after.stream()
                .filter(it -> it.path("spec").has("template"))
                .filter(it -> !before.contains(it))
                .map(Manifests::name))
        .containsExactly("Deployment/depot-registry");
  }

  private static List<JsonNode> rendered(String example, Map<String, Object> set) {
    return Manifests.in(Chart.render("depot", Checkout.file(EXAMPLES + example + ".yaml"), set));
  }
}
