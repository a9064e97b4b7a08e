package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the console says is the same action by command, by REST and by event is the same event.
 * Nobody is there who would execute it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaysStory {
  private static final URI NO_HUB = URI.create("http://127.0.0.1:9");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Browser browser = Browser.start();
  private final Depot depot = Depot.start(NO_HUB, 0);
  private final Visit visit = browser.visit(depot.registryProcess().url());

  @AfterAll
  void close() {
    browser.close();
    depot.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Download       | model=phi-2 | download-requested
          Archive        | model=phi-2 | cleanup-due
          Bring back     | model=phi-2 | cleanup-due
          Repair         | model=phi-2 | cleanup-due
          Undo a cleanup | trash=last  | cleanup-due
          Back up        |             | backup-due
          Restore drill  |             | backup-due
          Check backups  |             | backup-due
          Prune backups  |             | backup-due
          """)
  void theThreeWaysAreOneEvent(String action, @Nullable String field, String topic) {
    List<String> ways = ways(action, Optional.ofNullable(field));
    Map<String, JsonNode> known = commands(topic);

    List<JsonNode> said = new ArrayList<>();
    for (String way : ways) {
      Thread saying = Thread.ofVirtual().start(() -> say(way, topic));
      Map.Entry<String, JsonNode> event =
          Wait.value(
              way + " on " + topic,
              SOON,
              () ->
                  commands(topic).entrySet().stream()
                      .filter(it -> !known.containsKey(it.getKey()))
                      .findFirst(),
              depot::logs);
      known.put(event.getKey(), event.getValue());
      said.add(event.getValue());
      saying.interrupt();
    }

    assertThat(said.get(1)).as("by REST as by command").isEqualTo(said.getFirst());
    assertThat(said.get(2)).as("by event as by command").isEqualTo(said.getFirst());
  }

  /** Opens the dialog of an action from anywhere, and reads the three ways out of it. */
  private List<String> ways(String action, Optional<String> field) {
    visit.open("/");
    visit.page().keyboard().press("Control+k");
    visit.dialog().getByRole(AriaRole.COMBOBOX).fill(action + " action");
    visit.dialog().getByRole(AriaRole.OPTION).first().click();
    Locator dialog = visit.page().locator("dialog#action");
    dialog.waitFor();
    field.ifPresent(it -> fill(dialog, it.split("=", 2)));
    dialog.getByText("The same by command").click();
    List<String> ways = dialog.locator(".ways pre").allInnerTexts();
    assertThat(ways).as(action).hasSize(3);
    dialog.getByText("Cancel").click();
    return ways;
  }

  private static void fill(Locator dialog, String[] field) {
    Locator control = dialog.locator("[name=" + field[0] + "]");
    if (control.evaluate("it => it.tagName").equals("SELECT")) {
      control.selectOption(field[1]);
    } else {
      control.fill(field[1]);
      control.blur();
    }
  }

  /** A line as it is copied; a command that waits for the end waits in vain, and is ended. */
  private void say(String way, String topic) {
    if (way.startsWith("echo")) {
      String event = way.substring(way.indexOf('{'), way.lastIndexOf('}') + 1);
      assertThat(way).endsWith("--topic " + topic);
      depot.writer().publish(topic, event.getBytes(StandardCharsets.UTF_8));
    } else {
      Shell.Result unused =
          new Shell(
                  Repository.root(),
                  Map.of(
                      "MODELS_DIR", depot.models().toString(),
                      "DEPOT_URL", depot.registryProcess().url().toString()))
              .run(way.replaceFirst("^(scripts/\\S+)", "timeout 15 $1 --yes"));
    }
  }

  /**
   * The commands of a topic by id, without what differs from one to the next. An open dialog asks
   * for a plan by itself, which may arrive at any time and is none of the three ways.
   */
  private Map<String, JsonNode> commands(String topic) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : depot.topics().all(topic)) {
      try {
        ObjectNode payload = (ObjectNode) JSON.readTree(record.value());
        if (payload.path("plan").asBoolean() || payload.path("dryRun").asBoolean()) {
          continue;
        }
        payload.remove(List.of("requestId", "actor"));
        all.put(record.partition() + "-" + record.offset(), payload);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }
}
