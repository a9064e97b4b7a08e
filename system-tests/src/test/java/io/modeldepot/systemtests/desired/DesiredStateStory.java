package io.modeldepot.systemtests.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page docs/desired-state.md, carried out: its file, and its commands in their order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DesiredStateStory {
  private static final Path PAGE = Repository.root().resolve("docs/desired-state.md");
  private static final Pattern FILE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern CONSOLE = Pattern.compile("(?s)```console\n(.*?)```");

  private final FakeHub hub = FakeHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();

  /** A line of the page, and how it ends. */
  private record Line(String command, int exit) {}

  @AfterAll
  void close() {
    depot.close();
    hub.close();
  }

  @Test
  void everyCommandOfThePageEndsAsItSays() throws IOException {
    atTheHub("mistralai/Mistral-7B-v0.1");
    atTheHub("microsoft/phi-2");
    depot.addJanitor();
    Path folder = Repository.newDataFolder("desired-state");
    String page = Files.readString(PAGE);
    Files.writeString(folder.resolve("models.yaml"), first(FILE, page));
    Shell shell = new Shell(folder, environment());

    for (Line line : lines(page)) {
      String command =
          line.command().replace("scripts/", Repository.root().resolve("scripts").toString() + "/");
      Shell.Result result = shell.run(command);

      assertThat(result.exit())
          .as("%s%n%s%n%s", line.command(), result.out(), result.err())
          .isEqualTo(line.exit());
    }

    JsonNode phi = registry.get("/models/phi-2").body();
    assertThat(phi.path("state").asText()).isEqualTo("active");
    assertThat(phi.at("/placement/users").asInt()).isEqualTo(20);
    assertThat(Files.exists(depot.models().resolve("active/phi-2"))).isTrue();
    assertThat(registry.get("/models/mistral-7b").body().path("update").asText())
        .isEqualTo("approve");
    assertThat(registry.get("/models/llama2-7b").body().has("placement"))
        .as("pruned: nothing is asked of it any more")
        .isFalse();
    assertThat(registry.get("/site/gpu/gpu-host/1").body().at("/value/reservedBytes").asLong())
        .isEqualTo(40L << 30);
  }

  private void atTheHub(String repository) {
    hub.repository(repository)
        .put("config.json", Content.of("{\"model_type\":\"llama\",\"hidden_size\":64}"))
        .put("weights.bin", Content.random(repository.hashCode(), 1 << 20))
        .commit("main");
  }

  private Map<String, String> environment() {
    return Map.of(
        "MODELS_DIR",
        depot.models().toString(),
        "DEPOT_URL",
        depot.registryProcess().url().toString(),
        "LC_ALL",
        "C.UTF-8",
        "NO_COLOR",
        "1");
  }

  private static List<Line> lines(String page) {
    List<Line> lines = new ArrayList<>();
    Matcher block = CONSOLE.matcher(page);
    while (block.find()) {
      for (String text : block.group(1).lines().toList()) {
        if (text.startsWith("$ ")) {
          lines.add(new Line(text.substring(2), 0));
        } else {
          Line last = lines.removeLast();
          lines.add(new Line(last.command(), Integer.parseInt(text.replace("exit ", ""))));
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(10);
    return lines;
  }

  private static String first(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
