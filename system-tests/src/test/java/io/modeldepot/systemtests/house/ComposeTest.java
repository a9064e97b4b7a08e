package io.modeldepot.systemtests.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What must hold of the compose file; Docker itself is not needed to say so. */
class ComposeTest {
  private static final JsonNode SERVICES =
      new ObjectMapper()
          .valueToTree(
              new Yaml()
                  .<Map<String, Object>>load(
                      House.read(House.root().resolve("docker-compose.yml"))))
          .path("services");

  /** They end by themselves. */
  private static final Set<String> COMMANDS = Set.of("setup", "cli", "example-application");

  @Test
  void onlyThoseWhoMayWriteMountTheVolumeWritable() {
    Set<String> writers = new TreeSet<>();
    services()
        .forEach(
            (name, service) -> {
              for (JsonNode mount : service.path("volumes")) {
                if (mount.asText().startsWith("models:") && !mount.asText().endsWith(":ro")) {
                  writers.add(name);
                }
              }
            });

    assertThat(writers).containsExactly("downloader", "janitor", "setup");
  }

  @Test
  void everybodyMountsTheWholeVolume() {
    services()
        .forEach(
            (name, service) -> {
              for (JsonNode mount : service.path("volumes")) {
                if (mount.asText().contains("/opt/ai-models")) {
                  assertThat(mount.asText()).as(name).matches("models:/opt/ai-models(:ro)?");
                }
              }
            });
  }

  @Test
  void noSecretStandsInIt() {
    List<String> named = new ArrayList<>();
    services()
        .forEach(
            (name, service) ->
                service
                    .path("environment")
                    .fieldNames()
                    .forEachRemaining(
                        variable -> {
                          if (variable.matches(".*(PASSWORD|TOKEN|SECRET|KEY).*")) {
                            named.add(variable);
                          }
                        }));

    assertThat(named).isNotEmpty().allMatch(variable -> variable.matches(".*_(FILE|PATH)"));
  }

  @Test
  void whatAnOperatorDecidesIsPassedOnAndDocumented() {
    String guide = House.read(House.root().resolve("docs/docker.md"));
    Map<String, List<String>> settings =
        Map.of(
            "downloader",
            List.of("DEPOT_TRUST_PICKLES", "DEPOT_TRUST_REMOTE_CODE", "DEPOT_ANNOUNCE_MIRROR_URLS"),
            "mirror",
            List.of("DEPOT_MIRROR_PULL_BY", "DEPOT_MIRROR_PULL_PER_HOUR"),
            "registry",
            List.of(
                "DEPOT_UPDATES_EVERY",
                "DEPOT_SPREAD_LOST_AFTER",
                "DEPOT_NOTIFY_HOSTS",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "DEPOT_LOG_JSON"));

    settings.forEach(
        (service, names) ->
            names.forEach(
                name -> {
                  assertThat(SERVICES.path(service).path("environment").path(name).asText())
                      .as(name)
                      .startsWith("${" + name + ":-");
                  assertThat(guide).contains("`" + name + "`");
                }));
  }

  @Test
  void portsAreOpenToThisMachineOnly() {
    services()
        .forEach(
            (name, service) -> {
              for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).as(name).startsWith("127.0.0.1:");
              }
            });
  }

  @Test
  void whoeverRunsOnSaysHowItIs() {
    services()
        .forEach(
            (name, service) ->
                assertThat(service.has("healthcheck"))
                    .as(name)
                    .isEqualTo(!COMMANDS.contains(name)));
  }

  @Test
  void whatIsBuiltHasItsFile() {
    services()
        .forEach(
            (name, service) -> {
              String file = service.path("build").path("dockerfile").asText();
              if (!file.isEmpty()) {
                assertThat(House.root().resolve(file)).exists();
              }
            });
  }

  @Test
  void whereNothingCanBeWrittenALibraryCanStillBeUnpackedAndLoaded() {
    services()
        .forEach(
            (name, service) -> {
              if (service.path("read_only").asBoolean()) {
                assertThat(service.path("tmpfs").toString()).as(name).contains("/tmp:exec");
              }
            });
  }

  private static Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> all = SERVICES.fields(); all.hasNext(); ) {
      Map.Entry<String, JsonNode> one = all.next();
      services.put(one.getKey(), one.getValue());
    }
    assertThat(services).containsKeys("registry", "downloader", "mirror", "kafka", "postgres");
    return services;
  }
}
