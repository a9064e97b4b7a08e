package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for something to become so, and watching it meanwhile. */
@Timeout(60)
class WaitTest {
  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();
  private Shell shell = new Shell(Path.of("/"));

  @BeforeEach
  void given() {
    shell = new Shell(home).on(registry);
  }

  @AfterEach
  void end() {
    registry.close();
  }

  @Test
  void a_model_is_waited_for_until_its_files_are_here() {
    registry.answers("GET /models/llama2-7b", absent());
    registry.answers("GET /models/llama2-7b", Examples.model());

    Shell.Ran ran = shell.run("wait", "llama2-7b");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("model/llama2-7b is present\n");
    assertThat(ran.err()).isEqualTo("waiting for model/llama2-7b to be present: absent\n");
  }

  @Test
  void what_takes_too_long_is_10_and_says_what_it_is_meanwhile() {
    registry.answers("GET /models/llama2-7b", absent());

    Shell.Ran ran = shell.run("wait", "llama2-7b", "--timeout", "0s");

    assertThat(ran.exit()).isEqualTo(10);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines())
        .containsExactly(
            "error: model/llama2-7b is not present yet",
            "  it is: absent",
            "Try:  depot status llama2-7b",
            "      depot wait model/llama2-7b --for present --timeout 1h   (wait for longer)");
  }

  @Test
  void a_version_is_not_waited_for_by_another_one() {
    registry.answers("GET /models/llama2-7b", Examples.model());

    assertThat(shell.run("wait", "llama2-7b@01c7", "--timeout", "0s").exit()).isZero();
    assertThat(shell.run("wait", "llama2-7b@ffff", "--timeout", "0s").exit()).isEqualTo(10);
  }

  @Test
  void a_placement_is_waited_for_with_the_reason_why_there_is_none() {
    registry.answers("GET /models/phi-2", Examples.model());
    registry.answers(
        "GET /placements/phi-2",
        Json.object().put("state", "unplaced").put("reason", "It is 2.7 GiB short."));

    Shell.Ran ran = shell.run("wait", "phi-2", "--for", "placed", "--timeout", "0s");

    assertThat(ran.exit()).isEqualTo(10);
    assertThat(ran.err()).contains("it is: It is 2.7 GiB short.", "Try:  depot explain phi-2");
    assertThat(shell.run("wait", "phi-2", "--for", "unplaced", "--timeout", "0s").exit()).isZero();
  }

  @Test
  void a_download_that_failed_ends_the_wait_with_the_code_of_its_problem() {
    ObjectNode running = Examples.download().put("final", false).put("state", "transferring");
    registry.answers("GET /downloads/r-1", running);
    registry.answers("GET /downloads/r-1", Examples.download());

    Shell.Ran ran = shell.run("wait", "download/r-1");

    assertThat(ran.exit()).as("no-space").isEqualTo(6);
    assertThat(ran.err()).contains("error: llama2-7b: not enough space");
  }

  @Test
  void a_request_is_known_by_its_id_alone_and_by_a_line_of_json() {
    ObjectNode backup = Json.object().put("id", "cli-A").put("state", "done").put("final", true);
    registry.answers("GET /backups/cli-A", backup);

    JsonNode said = Json.read(shell.run("wait", "cli-A", "--json").out());

    assertThat(said.path("kind").asText()).isEqualTo("summary");
    assertThat(said.path("target").asText()).isEqualTo("backup/cli-A");
    assertThat(said.path("exit").asInt()).isZero();
    assertThat(said.path("record")).isEqualTo(backup);
  }

  @Test
  void what_no_model_can_become_is_2_and_nobody_is_asked() {
    Shell.Ran ran = shell.run("wait", "phi-2", "--for", "bigger");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("present, active, archived, absent, placed, unplaced");
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void a_model_that_nobody_knows_is_4_at_once() {
    registry.lists("GET /models", Examples.model());

    Shell.Ran ran = shell.run("wait", "llama2-8b");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("did you mean llama2-7b?");
  }

  @Test
  void a_depot_that_does_not_answer_is_waited_for() {
    String nobody = registry.url();
    registry.close();

    Shell.Ran ran = shell.with("DEPOT_URL", nobody).run("wait", "model/phi-2", "--timeout", "1s");

    assertThat(ran.exit()).isEqualTo(10);
    assertThat(ran.err()).contains("the depot cannot be reached at " + nobody);
  }

  @Test
  void watching_prints_an_answer_again_only_when_it_reads_otherwise() {
    watched("absent", "absent", "downloading");

    Shell.Ran ran = shell.run("list", "--watch", "--every", "1s");

    assertThat(ran.exit()).as("what went wrong in the end").isEqualTo(11);
    assertThat(ran.out().lines().filter(line -> line.startsWith("NAME"))).hasSize(2);
    assertThat(ran.out()).contains(" absent ", "\n\nNAME", " downloading ");
  }

  @Test
  void watching_as_json_is_a_line_per_answer() {
    watched("absent", "downloading");

    List<String> lines =
        shell.run("list", "--watch", "--every", "1s", "--json").out().lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(Json.read(lines.getLast()).at("/0/state").asText()).isEqualTo("downloading");
  }

  @Test
  void watching_paints_over_what_it_showed_on_a_terminal_alone() {
    watched("absent", "downloading");

    String out = shell.terminal(100).run("list", "--watch", "--every", "1s").out();

    assertThat(out).startsWith("\u001b[2J\u001b[H").endsWith("\u001b[J");
    assertThat(out.split("\u001b\\[2J", -1)).as("cleared once").hasSize(2);
  }

  @Test
  void what_changes_something_is_never_watched() {
    for (String words : List.of("gpus drain host-a/0 --watch", "backups prune -w")) {
      Shell.Ran ran = shell.run(words.split(" "));

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("--watch is for looking");
    }
    assertThat(registry.asked()).isEmpty();
  }

  /** A model in one state after the other; then the registry wants a token, which ends it. */
  private void watched(String... states) {
    for (String state : states) {
      ObjectNode page = Json.object();
      page.putArray("items").add(absent().put("state", state));
      registry.answers("GET /models", page);
    }
    registry.answers("GET /models", 401, Json.object().put("code", "unauthorized"));
  }

  private static ObjectNode absent() {
    ObjectNode model = Examples.model().put("state", "absent");
    model.remove("current");
    return model;
  }
}
