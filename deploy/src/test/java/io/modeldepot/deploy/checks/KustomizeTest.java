package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.rendering.Bases;
import io.modeldepot.deploy.rendering.Chart;
import io.modeldepot.deploy.rendering.Kubectl;
import io.modeldepot.deploy.strict.Manifests;
import io.modeldepot.deploy.strict.PublishedTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizeTest {
  @Test
  void theBasesAreTheChartRendered() {
    Bases.files().forEach(Checkout::check);
  }

  @Test
  void everyFileIsUsedAndEveryNameIsAFile() throws IOException {
    for (Path file : kustomizations()) {
      JsonNode kustomization = Manifests.in(Files.readString(file)).getFirst();
      for (String list : List.of("resources", "components")) {
        for (JsonNode name : kustomization.path(list)) {
          assertThat(file.resolveSibling(name.asText())).as("%s", file).exists();
        }
      }
      try (Stream<Path> beside = Files.list(file.getParent())) {
        assertThat(beside.filter(it -> !it.equals(file) && Files.isRegularFile(it)))
            .allMatch(
                it -> kustomization.path("resources").toString().contains(it.getFileName() + "\""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "two-locations", "engines-of-your-own", "setup"})
  void whatAKustomizationComesToIsOfPublishedTypesAndFitsTogether(String name) {
    assumeTrue(Kubectl.isHere(), "kubectl is not here");
    List<JsonNode> built = built(name);

    assertThat(built.stream().flatMap(it -> PublishedTypes.faults(it).stream())).isEmpty();
    assertThat(Rules.faults(built)).isEmpty();
  }

  @Test
  void oneLocationIsWhatTheChartMakes() {
    assumeTrue(Kubectl.isHere(), "kubectl is not here");

    assertThat(byName(built("default"))).isEqualTo(byName(rendered("operators", Map.of())));
  }

  @Test
  void twoLocationsAreWhatTheChartMakes() {
    assumeTrue(Kubectl.isHere(), "kubectl is not here");

    assertThat(byName(built("two-locations")))
        .isEqualTo(
            byName(
                rendered(
                    "operators",
                    Map.of(
                        "agents.enabled", "true",
                        "secrets.hubToken", "model-depot-hub-token",
                        "locations[1].name", "north",
                        "locations[1].volume.path", "/opt/ai-models"))));
  }

  @Test
  void enginesOfYourOwnAreWhatTheChartMakes() {
    assumeTrue(Kubectl.isHere(), "kubectl is not here");

    assertThat(byName(built("engines-of-your-own")))
        .isEqualTo(
            byName(
                rendered(
                    "operators",
                    Map.of(
                        "kafka.strimzi.enabled", "false",
                        "kafka.bootstrapServers", "kafka.example.org:9093",
                        "kafka.access", "scram",
                        "kafka.caSecret", "model-depot-kafka-cluster-ca-cert",
                        "database.cloudNativePg.enabled", "false",
                        "database.url",
                            "jdbc:postgresql://database.example.org:5432/registry?sslmode=verify-full&sslrootcert=/etc/model-depot/database-ca/ca.crt",
                        "database.passwordSecret", "model-depot-database-app",
                        "database.caSecret", "model-depot-database-ca"))));
  }

  private static List<JsonNode> built(String name) {
    return Manifests.in(Kubectl.kustomize(Bases.FOLDER + name));
  }

  private static List<JsonNode> rendered(String example, Map<String, Object> set) {
    return Manifests.in(
        Chart.render(
            "model-depot", Checkout.file(Chart.FOLDER + "/examples/" + example + ".yaml"), set));
  }

  /** Without what Helm and Kustomize each add of their own, and without the job that runs once. */
  private static Map<String, JsonNode> byName(List<JsonNode> manifests) {
    Map<String, JsonNode> all = new TreeMap<>();
    for (JsonNode manifest : manifests) {
      if (!manifest.path("kind").asText().equals("Job")) {
        ((ObjectNode) manifest.path("metadata")).remove("namespace");
        if (manifest.path("spec").path("template").path("metadata") instanceof ObjectNode pod) {
          pod.remove("annotations");
        }
        // A patch adds at the end.
        JsonNode pod = manifest.path("spec").path("template").path("spec");
        sort(pod.path("volumes"));
        sort(pod.path("containers").path(0).path("volumeMounts"));
        all.put(Manifests.name(manifest), manifest);
      }
    }
    return all;
  }

  private static void sort(JsonNode named) {
    if (named instanceof ArrayNode array) {
      List<JsonNode> sorted = new ArrayList<>();
      array.forEach(sorted::add);
      sorted.sort(Comparator.comparing(it -> it.path("name").asText()));
      array.removeAll();
      array.addAll(sorted);
    }
  }

  private static List<Path> kustomizations() throws IOException {
    try (Stream<Path> files = Files.walk(Checkout.file(Bases.FOLDER))) {
      return files.filter(it -> it.endsWith("kustomization.yaml")).sorted().toList();
    }
  }
}
