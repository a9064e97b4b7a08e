package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What should be, as a file: shown, asked about, done, followed. */
@Timeout(60)
class ApplyTest {
  private static final String PIN = "26bca36" + "0".repeat(33);
  private static final String DOCUMENT = "apiVersion: modeldepot/v1\nmodels: {}\n";

  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();
  private Shell shell = new Shell(Path.of("/"));

  @BeforeEach
  void given() throws IOException {
    shell = new Shell(home).on(registry);
    Files.writeString(home.resolve("models.yaml"), DOCUMENT);
    registry.answers("POST /desired-state/diff", differs());
    registry.answers("PUT /desired-state", done());
  }

  @AfterEach
  void end() {
    registry.close();
  }

  @Test
  void a_dry_run_shows_a_line_for_each_thing_and_exits_1() {
    Shell.Ran ran = shell.run("apply", "-f", "models.yaml", "--dry-run");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "+ qwen-7b              download @main, family qwen, keep 2",
            "~ mistral-7b           pin none → 26bca36, users 10 → 6");
    assertThat(ran.err()).contains("1 thing in the depot, not in the file: left alone: phi-2");
    assertThat(registry.asked()).noneMatch(it -> it.method().equals("PUT"));
    assertThat(shell.run("diff", "-f", "models.yaml").out()).isEqualTo(ran.out());
    RegistryServer.Asked asked = registry.asked("POST", "/desired-state/diff");
    assertThat(asked.body()).isEqualTo(DOCUMENT);
    assertThat(asked.headers().get("content-type")).isEqualTo("application/yaml");
    assertThat(asked.query()).isEqualTo("file=models.yaml");
  }

  @Test
  void what_is_as_the_file_says_it_exits_0_and_is_not_done() {
    registry.answers("POST /desired-state/diff", same());
    try (RegistryServer other = new RegistryServer().answers("POST /desired-state/diff", same())) {
      Shell elsewhere = new Shell(home).on(other);
      assertThat(elsewhere.run("diff", "-f", "models.yaml").exit()).isZero();
      Shell.Ran ran = elsewhere.run("apply", "-f", "models.yaml");
      assertThat(ran.exit()).isZero();
      assertThat(ran.err()).contains("Everything is as models.yaml says it.");
      assertThat(other.asked()).noneMatch(it -> it.method().equals("PUT"));
    }
  }

  @Test
  void exactly_what_was_shown_is_done() {
    Shell.Ran ran = shell.run("apply", "-f", "models.yaml");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(registry.asked("PUT", "/desired-state").query())
        .isEqualTo("file=models.yaml&plan=d-1");
    assertThat(ran.err()).contains("Done: 2 changes.", "watch r-1");
  }

  @Test
  void stdin_is_a_file_too() {
    Shell.Ran ran = shell.typing("apiVersion: ümläut\n").run("apply", "-f", "-", "--dry-run");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(registry.asked("POST", "/desired-state/diff").body())
        .isEqualTo("apiVersion: ümläut\n");
  }

  @Test
  void taking_back_needs_a_yes_and_without_a_terminal_the_flag() {
    ObjectNode removal = differs();
    ObjectNode gone = (ObjectNode) removal.withArray("changes").get(1);
    gone.put("kind", "remove");
    gone.withArray("does")
        .addObject()
        .put("event", "cleanup-due")
        .put("say", "pack its versions into the archive");
    try (RegistryServer other = new RegistryServer()) {
      other.answers("POST /desired-state/diff", removal).answers("PUT /desired-state", done());
      Shell elsewhere = new Shell(home).on(other);

      Shell.Ran refused = elsewhere.run("apply", "-f", "models.yaml", "--prune");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.out())
          .contains("- mistral-7b           not in the file: pack its versions");
      assertThat(other.asked()).noneMatch(it -> it.method().equals("PUT"));
      assertThat(elsewhere.run("apply", "-f", "models.yaml", "--prune", "--yes").exit()).isZero();
      assertThat(other.asked("PUT", "/desired-state").query())
          .isEqualTo("file=models.yaml&prune=true&plan=d-1");
    }
  }

  @Test
  void waiting_follows_what_goes_on_and_a_failure_is_a_part() {
    registry.answers("GET /downloads/r-1", job("failed"));

    Shell.Ran ran = shell.run("apply", "-f", "models.yaml", "--wait");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("qwen-7b");
  }

  @Test
  void waiting_ends_well_where_everything_does() {
    registry.answers("GET /downloads/r-1", job("done").put("filesTotal", 2).put("filesDone", 2));

    assertThat(shell.run("apply", "-f", "models.yaml", "--wait").exit()).isZero();
  }

  @Test
  void what_is_wrong_in_the_file_is_told_with_its_line() {
    ObjectNode problem = Json.object().put("code", "invalid").put("status", 422);
    problem.put("title", "Not valid").put("detail", "/models/phi-2/userz: There is no key userz");
    problem
        .putArray("errors")
        .addObject()
        .put("pointer", "/models/phi-2/keep")
        .put("detail", "a whole number is expected (models.yaml:4:5)");
    try (RegistryServer other =
        new RegistryServer().answers("POST /desired-state/diff", 422, problem)) {
      Shell.Ran ran = new Shell(home).on(other).run("apply", "-f", "models.yaml");

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("userz", "models.yaml:4:5");
    }
  }

  @Test
  void what_is_not_there_or_makes_no_sense_is_a_usage_error() {
    assertThat(shell.run("apply").exit()).isEqualTo(2);
    assertThat(shell.run("apply", "-f", "none.yaml").exit()).isEqualTo(2);
    assertThat(shell.run("diff").exit()).isEqualTo(2);
    assertThat(shell.run("diff", "phi-2", "-f", "models.yaml").exit()).isEqualTo(2);
    assertThat(shell.run("diff", "phi-2", "--prune").exit()).isEqualTo(2);
  }

  @Test
  void a_machine_gets_what_was_done() {
    var said = Json.read(shell.run("apply", "-f", "models.yaml", "--json").out());

    assertThat(said.path("applied").asBoolean()).isTrue();
    assertThat(said.at("/work/0/id").asText()).isEqualTo("r-1");
    assertThat(shell.run("diff", "-f", "models.yaml", "-q").out())
        .isEqualTo("model/qwen-7b\nmodel/mistral-7b\n");
  }

  @Test
  void what_is_wanted_is_exported_to_a_new_file_or_to_stdout() throws IOException {
    registry.answersText("GET /desired-state", 200, "application/yaml", DOCUMENT);

    assertThat(shell.run("export", "-").out()).isEqualTo(DOCUMENT);
    assertThat(registry.asked("GET", "/desired-state").headers().get("accept"))
        .startsWith("application/yaml");
    assertThat(shell.run("export", "other.yaml").exit()).isZero();
    assertThat(Files.readString(home.resolve("other.yaml"))).isEqualTo(DOCUMENT);
    Shell.Ran again = shell.run("export", "other.yaml");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("there already", "export - > other.yaml");
  }

  private static ObjectNode differs() {
    ObjectNode said = Json.object().put("plan", "d-1").put("same", false).put("applied", false);
    ObjectNode made =
        said.putArray("changes").addObject().put("object", "model/qwen-7b").put("kind", "add");
    var fields = made.putArray("fields");
    fields.addObject().put("key", "family").put("to", "qwen");
    fields.addObject().put("key", "displayName").put("to", "qwen-7b");
    fields.addObject().put("key", "keep").put("to", 2);
    fields.addObject().put("key", "active").put("to", false);
    var does = made.putArray("does");
    does.addObject().put("event", "model-described").put("say", "make the entry");
    does.addObject().put("event", "download-requested").put("say", "download @main");
    ObjectNode changed =
        said.withArray("changes")
            .addObject()
            .put("object", "model/mistral-7b")
            .put("kind", "change");
    var changes = changed.putArray("fields");
    changes.addObject().put("key", "pin").put("to", PIN);
    changes.addObject().put("key", "users").put("from", 10).put("to", 6);
    changed
        .putArray("does")
        .addObject()
        .put("event", "model-described")
        .put("say", "change the entry");
    said.putArray("leftAlone").add("model/phi-2");
    said.putArray("work");
    return said;
  }

  private static ObjectNode done() {
    ObjectNode said = differs().put("applied", true);
    said.withArray("work")
        .addObject()
        .put("object", "model/qwen-7b")
        .put("event", "download-requested")
        .put("id", "r-1");
    return said;
  }

  private static ObjectNode same() {
    ObjectNode said = Json.object().put("plan", "d-0").put("same", true);
    said.putArray("changes");
    said.putArray("leftAlone");
    return said;
  }

  private static ObjectNode job(String state) {
    return Json.object()
        .put("id", "r-1")
        .put("model", "qwen-7b")
        .put("state", state)
        .put("commit", PIN)
        .put("final", true);
  }
}
