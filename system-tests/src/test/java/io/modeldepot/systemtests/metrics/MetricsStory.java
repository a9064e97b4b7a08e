package io.modeldepot.systemtests.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A download, a backup, a file that is read; then all five services are scraped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsStory {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String MODEL = "phi-2";

  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private final MetricTable table = MetricTable.read();
  private final Map<String, ServiceProcess> services = new TreeMap<>();
  private Map<String, Scrape> scrapes = Map.of();

  @BeforeAll
  void somethingHappens() throws Exception {
    services.put("registry", depot.registryProcess());
    services.put("downloader", depot.downloader(0));
    services.put("placement", depot.placement(0));
    services.put("janitor", depot.addJanitor());
    services.put("mirror", depot.addMirror());
    for (String name : List.of("placement", "janitor", "mirror")) {
      service(name).launch();
    }
    services.values().forEach(ServiceProcess::awaitReady);
    String id = registry.download(Map.of("model", MODEL));
    assertThat(registry.ended(id, SOON).path("state").asText()).isEqualTo("done");
    String plan = registry.download(Map.of("model", MODEL, "plan", true));
    assertThat(registry.ended(plan, SOON).path("state").asText()).isEqualTo("planned");
    assertThat(registry.post("/backups", Map.of("model", MODEL)).status()).isEqualTo(202);
    HttpResponse<byte[]> file =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        service("mirror").url().resolve("/" + MODEL + "/resolve/main/config.json"))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(file.statusCode()).isEqualTo(200);
    Wait.until("everything is measured", SOON, this::scrapeAll, () -> missing().toString());
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  void everyMetricHasItsRow() {
    List<String> without = new ArrayList<>();
    scrapes.forEach(
        (service, scrape) ->
            scrape.names().stream()
                .filter(name -> table.of(name).filter(row -> row.isOf(service)).isEmpty())
                .forEach(name -> without.add(service + ": " + name)));

    assertThat(without).isEmpty();
  }

  @Test
  void everyRowHasItsMetric() {
    assertThat(missing()).isEmpty();
  }

  @Test
  void typesLabelsAndHelpAreThoseOfTheTable() {
    List<String> differences = new ArrayList<>();
    scrapes.forEach(
        (service, scrape) -> {
          for (String name : scrape.names()) {
            MetricTable.Row row = table.rows().get(name);
            if (row == null) {
              continue;
            }
            if (!scrape.type(name).equals(row.type())) {
              differences.add(service + ": " + name + " is a " + scrape.type(name));
            }
            if (!scrape.help(name).equals(row.help())) {
              differences.add(service + ": " + name + " says " + scrape.help(name));
            }
            for (Set<String> labels : scrape.labels(name)) {
              if (!labels.equals(row.labels())) {
                differences.add(service + ": " + name + " has the labels " + labels);
              }
            }
          }
        });

    assertThat(differences).isEmpty();
  }

  @Test
  void whatWasDoneIsCounted() {
    assertThat(scrape("registry").has("modeldepot_model_info", "model_name", MODEL)).isTrue();
    assertThat(scrape("placement").has("modeldepot_placement_kv_bytes", "model_name", MODEL))
        .isTrue();
    assertThat(scrape("downloader").has("modeldepot_downloads_total", "outcome", "done")).isTrue();
    assertThat(scrape("mirror").has("modeldepot_mirror_bytes_total", "model_name", MODEL)).isTrue();
  }

  @Test
  void prometheusItselfScrapesEveryServiceAndEvaluatesEveryRule() throws Exception {
    assumeTrue(Shell.has("prometheus"), "no prometheus here");
    List<URI> targets = services.values().stream().map(ServiceProcess::url).toList();
    try (PrometheusProcess prometheus = PrometheusProcess.start(targets)) {
      Wait.until(
          "every service is up, every rule was evaluated without an error",
          SOON,
          () ->
              values(prometheus.get("/targets"), "/activeTargets", "/health")
                      .equals(Collections.nCopies(services.size(), "up"))
                  && rules(prometheus).size() > 10
                  && Set.copyOf(rules(prometheus)).equals(Set.of("ok")),
          () -> prometheus.get("/targets") + "\n" + prometheus.get("/rules"));

      assertThat(prometheus.query("modeldepot_model_info{model_name=\"" + MODEL + "\"}"))
          .hasSize(1);
    }
  }

  private static List<String> rules(PrometheusProcess prometheus) {
    List<String> health = new ArrayList<>();
    for (JsonNode group : prometheus.get("/rules").path("groups")) {
      health.addAll(values(group, "/rules", "/health"));
    }
    return health;
  }

  private static List<String> values(JsonNode from, String list, String value) {
    List<String> values = new ArrayList<>();
    from.at(list).forEach(one -> values.add(one.at(value).asText()));
    return values;
  }

  private ServiceProcess service(String name) {
    return requireNonNull(services.get(name));
  }

  private Scrape scrape(String service) {
    return requireNonNull(scrapes.get(service));
  }

  private boolean scrapeAll() {
    scrapes =
        services.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> Scrape.of(it.getValue().url())));
    return missing().isEmpty()
        && scrape("janitor").names().contains("modeldepot_backup_bytes")
        && scrape("registry").names().contains("modeldepot_model_versions_behind");
  }

  private Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (MetricTable.Row row : table.rows().values()) {
      for (String service : row.always()) {
        if (!scrapes.containsKey(service) || !scrape(service).names().contains(row.name())) {
          missing.add(service + ": " + row.name());
        }
      }
    }
    return missing;
  }
}
