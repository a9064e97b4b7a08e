package io.modeldepot.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.facts.Services;
import io.modeldepot.deploy.facts.Settings;
import java.io.IOException;
import java.nio.file.Files;
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
  private static final JsonNode FILE =
      new ObjectMapper()
          .valueToTree(new Yaml().<Map<String, Object>>load(Checkout.read("docker-compose.yml")));
  private static final JsonNode SERVICES = FILE.path("services");

  /** They end by themselves. */
  private static final Set<String> COMMANDS =
      Set.of("setup", "setup-north", "cli", "example-application");

  @Test
  void onlyThoseWhoMayWriteMountTheVolumeWritable() {
    Set<String> writers = new TreeSet<>();
    services()
        .forEach(
            (name, service) -> {
              for (JsonNode mount : service.path("volumes")) {
                if (mount.asText().startsWith("models") && !mount.asText().endsWith(":ro")) {
                  writers.add(name);
                }
              }
            });

    assertThat(writers)
        .containsExactly(
            "downloader", "downloader-north", "janitor", "janitor-north", "setup", "setup-north");
  }

  @Test
  void everybodyMountsTheWholeVolume() {
    services()
        .forEach(
            (name, service) -> {
              for (JsonNode mount : service.path("volumes")) {
                if (mount.asText().contains("/opt/ai-models")) {
                  assertThat(mount.asText())
                      .as(name)
                      .matches("models(-north)?:/opt/ai-models(:ro)?");
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
    String guide = Checkout.read("docs/docker.md");
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
                assertThat(Checkout.file(file)).exists();
              }
            });
  }

  @Test
  void whereNothingCanBeWrittenALibraryCanStillBeUnpackedAndLoaded() {
    services()
        .forEach(
            (name, service) -> {
              if (service.path("image").asText().startsWith("model-depot/")) {
                assertThat(service.path("tmpfs").toString()).as(name).contains("/tmp:exec");
              }
            });
  }

  @Test
  void nothingIsSaidThatComposeDoesNotKnow() {
    Set<String> known =
        Set.of(
            "build",
            "cap_add",
            "cap_drop",
            "command",
            "depends_on",
            "environment",
            "healthcheck",
            "image",
            "init",
            "ports",
            "profiles",
            "read_only",
            "restart",
            "secrets",
            "security_opt",
            "tmpfs",
            "user",
            "volumes");

    services()
        .forEach(
            (name, service) ->
                assertThat(service.properties().stream().map(Map.Entry::getKey))
                    .as(name)
                    .isSubsetOf(known));
  }

  @Test
  void whatIsReferredToIsThere() {
    services()
        .forEach(
            (name, service) -> {
              assertThat(names(service.path("depends_on")))
                  .as(name)
                  .isSubsetOf(services().keySet());
              assertThat(texts(service.path("secrets")))
                  .as(name)
                  .isSubsetOf(names(FILE.path("secrets")));
              assertThat(texts(service.path("volumes")))
                  .as(name)
                  .allMatch(
                      it ->
                          it.startsWith("./")
                              ? Files.exists(Checkout.file(it.substring(2, it.indexOf(':'))))
                              : FILE.path("volumes").has(it.substring(0, it.indexOf(':'))));
            });
  }

  @Test
  void everySettingIsReadByItsService() {
    services()
        .forEach(
            (name, service) -> {
              String of = name.replace("-north", "");
              if (Services.NAMES.contains(of)) {
                assertThat(names(service.path("environment")))
                    .as(name)
                    .allMatch(it -> Settings.has(of, it));
              }
            });
  }

  @Test
  void everyServiceIsAskedAtItsDoorWhetherItIsReady() {
    services()
        .forEach(
            (name, service) -> {
              Integer port = Services.ports().get(name.replace("-north", ""));
              if (port != null) {
                assertThat(service.path("healthcheck").path("test").toString())
                    .as(name)
                    .contains("http://localhost:" + port + Services.READY);
              }
            });
  }

  @Test
  void prometheusAsksTheDoorsOfTheCode() {
    Services.ports()
        .forEach(
            (name, port) ->
                assertThat(Checkout.read("deploy/prometheus/prometheus.yml"))
                    .contains('"' + name + ":" + port + '"'));
  }

  @Test
  void whoRunsOnMayDoNoMoreThanItMust() {
    services()
        .forEach(
            (name, service) -> {
              assertThat(service.path("security_opt").toString())
                  .as(name)
                  .contains("no-new-privileges:true");
              if (!name.equals("cli")) {
                assertThat(service.path("cap_drop").toString()).as(name).contains("ALL");
              }
              if (!name.equals("kafka")) {
                assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
              }
            });
  }

  @Test
  void theCoreNeedsNoProfileAndTheRestIsNamed() {
    Set<String> core = new TreeSet<>(services().keySet());
    Set<String> profiles = new TreeSet<>();
    services()
        .forEach(
            (name, service) -> {
              profiles.addAll(texts(service.path("profiles")));
              if (service.has("profiles")) {
                core.remove(name);
              }
            });

    assertThat(core)
        .containsExactly(
            "downloader",
            "janitor",
            "kafka",
            "mirror",
            "placement",
            "postgres",
            "registry",
            "setup");
    assertThat(profiles).containsExactly("example", "metrics", "redis", "tools", "two-locations");
  }

  @Test
  void composeItselfFindsNothingToSay() throws Exception {
    assumeTrue(exit("docker", "compose", "version") == 0, "docker compose is not here");

    assertThat(
            exit(
                "docker",
                "compose",
                "-f",
                Checkout.file("docker-compose.yml").toString(),
                "--profile",
                "*",
                "config",
                "--quiet"))
        .isZero();
  }

  private static int exit(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException notHere) {
      return -1;
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(it -> texts.add(it.asText()));
    return texts;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
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
