package io.modeldepot.systemtests.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** A rule or a panel about a name that nobody has is silent for ever, and nobody notices. */
class RulesAndDashboardsTest {
  private static final Path DEPLOY = Repository.root().resolve("deploy");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MetricTable TABLE = MetricTable.read();

  /** What Prometheus itself adds to every sample. */
  private static final Set<String> OF_EVERY_SAMPLE = Set.of("job", "instance");

  /** What is read of others. */
  private static final Map<String, Set<String>> FOREIGN =
      Map.of(
          "up", Set.of(),
          "vllm:kv_cache_usage_perc", Set.of("model_name", "engine"),
          "vllm:num_requests_running", Set.of("model_name", "engine"),
          "vllm:num_requests_waiting", Set.of("model_name", "engine"));

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), ([a-z_]+)\\)");
  private static final Pattern IN_TEXT =
      Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");

  @Test
  void everyExpressionReadsWhatIsThere() throws IOException {
    List<String> faults = new ArrayList<>();
    Map<String, String> expressions = expressions();
    expressions.forEach((where, expression) -> faults.addAll(faults(where, expression)));

    assertThat(expressions).hasSizeGreaterThan(50);
    assertThat(faults).isEmpty();
  }

  @Test
  void everyMetricOfTheTableIsSeenSomewhere() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (String expression : expressions().values()) {
      new PromQl(expression)
          .selectors()
          .forEach(it -> TABLE.of(it.metric()).ifPresent(row -> seen.add(row.name())));
    }

    // Of these one looks things up; a panel would say nothing.
    Set<String> tables =
        Set.of(
            "modeldepot_model_parameters",
            "modeldepot_cleanup_last_success_timestamp_seconds",
            "modeldepot_backup_check_last_success_timestamp_seconds");
    Set<String> unseen = new TreeSet<>(TABLE.rows().keySet());
    unseen.removeAll(seen);
    assertThat(unseen).isEqualTo(new TreeSet<>(tables));
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatHelps() throws IOException {
    for (JsonNode alert : alerts()) {
      String name = alert.path("alert").asText();
      assertThat(alert.at("/labels/severity").asText()).as(name).matches("critical|warning");
      assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(alert.at("/annotations/description").asText()).as(name).isNotBlank();
    }
  }

  @Test
  void whatMustHappenIsAnAlertWhenItDoesNot() throws IOException {
    List<String> names = new ArrayList<>();
    alerts().forEach(alert -> names.add(alert.path("alert").asText()));

    assertThat(names)
        .contains(
            "ModelDepotServiceSilent",
            "ModelDepotLocationWithoutJanitor",
            "ModelDepotBackupMissed",
            "ModelDepotDrillMissed",
            "ModelDepotScrubBehind");
  }

  @Test
  void aPanelNamesItsMetricAndItsDataSource() throws IOException {
    for (Path file : dashboards()) {
      for (JsonNode panel : JSON.readTree(file.toFile()).path("panels")) {
        String where = file.getFileName() + ": " + panel.path("title").asText();
        assertThat(panel.at("/datasource/uid").asText()).as(where).isEqualTo("${datasource}");
        String description = panel.path("description").asText();
        assertThat(new PromQl(panel.at("/targets/0/expr").asText()).selectors())
            .as(where)
            .anyMatch(
                it ->
                    description.contains(
                        TABLE.of(it.metric()).map(MetricTable.Row::name).orElse(it.metric())));
      }
    }
  }

  @Test
  void promtoolAgrees() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(Shell.has("promtool"), "no promtool here");
    Process process =
        new ProcessBuilder(
                "promtool",
                "check",
                "config",
                DEPLOY.resolve("prometheus/prometheus.yml").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).as(said).isZero();
  }

  private static List<String> faults(String where, String expression) {
    List<String> faults = new ArrayList<>();
    Set<String> all = new TreeSet<>(OF_EVERY_SAMPLE);
    PromQl read = new PromQl(expression);
    for (PromQl.Selector one : read.selectors()) {
      Optional<Set<String>> labels = labels(one.metric());
      if (labels.isEmpty()) {
        faults.add(where + ": nobody has " + one.metric());
        continue;
      }
      all.addAll(labels.get());
      Set<String> unknown = new TreeSet<>(one.labels());
      unknown.removeAll(labels.get());
      if (!unknown.isEmpty()) {
        faults.add(where + ": " + one.metric() + " has no label " + unknown);
      }
    }
    Set<String> unknown = new TreeSet<>(read.groupings());
    unknown.addAll(namedInTexts(where));
    unknown.removeAll(all);
    if (read.selectors().isEmpty() || !unknown.isEmpty()) {
      faults.add(where + ": nothing in " + expression + " has the labels " + unknown);
    }
    return faults;
  }

  private static Optional<Set<String>> labels(String metric) {
    Set<String> labels = new TreeSet<>(OF_EVERY_SAMPLE);
    if (FOREIGN.containsKey(metric)) {
      labels.addAll(FOREIGN.get(metric));
      return Optional.of(labels);
    }
    return TABLE
        .of(metric)
        .map(
            row -> {
              labels.addAll(row.labels());
              if (metric.endsWith("_bucket")) {
                labels.add("le");
              }
              return labels;
            });
  }

  /** The texts that belong to an expression stand behind its place. */
  private static Set<String> namedInTexts(String where) {
    Set<String> named = new TreeSet<>();
    Matcher text = IN_TEXT.matcher(where);
    while (text.find()) {
      named.add(text.group(1));
    }
    return named;
  }

  private static Map<String, String> expressions() throws IOException {
    Map<String, String> expressions = new TreeMap<>();
    for (JsonNode alert : alerts()) {
      expressions.put(
          alert.path("alert").asText() + " " + alert.path("annotations"),
          alert.path("expr").asText());
    }
    for (Path file : dashboards()) {
      JsonNode board = JSON.readTree(file.toFile());
      for (JsonNode panel : board.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          expressions.put(
              "%s: %s, %s %s"
                  .formatted(
                      file.getFileName(),
                      panel.path("title").asText(),
                      target.path("refId").asText(),
                      target.path("legendFormat").asText()),
              target.path("expr").asText());
        }
      }
      for (JsonNode variable : board.at("/templating/list")) {
        Matcher values = LABEL_VALUES.matcher(variable.path("definition").asText());
        if (values.matches()) {
          expressions.put(
              "%s: variable %s {{%s}}"
                  .formatted(file.getFileName(), variable.path("name").asText(), values.group(2)),
              values.group(1));
        }
      }
    }
    return expressions;
  }

  private static List<JsonNode> alerts() throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    for (Path file : files("prometheus", ".rules.yml")) {
      JsonNode rules = JSON.valueToTree(new Yaml().<Object>load(Files.readString(file)));
      rules.path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
    }
    assertThat(alerts).hasSizeGreaterThan(15);
    return alerts;
  }

  private static List<Path> dashboards() throws IOException {
    List<Path> files = files("grafana/dashboards", ".json");
    assertThat(files).hasSizeGreaterThanOrEqualTo(4);
    return files;
  }

  private static List<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.list(DEPLOY.resolve(folder))) {
      return all.filter(it -> it.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
