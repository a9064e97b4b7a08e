package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.ProblemExits;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What scripts read, and what people read beside it. */
class ExitCodeTest {
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

  @ParameterizedTest
  @CsvSource({
    "unknown-model,404,4", "gated,403,5", "licence-refused,403,5", "no-space,507,6",
    "checksum-mismatch,502,7", "in-use,409,8", "precondition-failed,412,8", "hub-unreachable,504,9",
    "rate-limited,429,9", "database-unavailable,503,9", "forbidden,403,11", "invalid,422,2",
    "internal,500,70", "from-the-future,404,4", "from-the-future,503,9", "from-the-future,401,11"
  })
  void a_problem_ends_in_the_exit_code_of_its_kind(String code, int status, int exit) {
    registry.answers("GET /status", status, problem(code, status));

    assertThat(shell.run("status").exit()).isEqualTo(exit);
  }

  @Test
  void a_slip_of_the_finger_is_told_what_is_near() {
    Shell.Ran slip = shell.run("dowload", "phi-2");

    assertThat(slip.exit()).isEqualTo(2);
    assertThat(slip.err()).contains("no command \"dowload\"").contains("did you mean: download");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "-ojson", "-o=json", "--output=json"})
  void who_asked_for_json_gets_its_mistakes_as_json_too(String form) {
    Shell.Ran ran = shell.run("list", form, "--bogus");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).startsWith("{\"kind\":\"error\"");
  }

  @Test
  void a_problem_is_told_with_thing_cause_evidence_and_what_to_try() {
    ObjectNode problem = (ObjectNode) Examples.download().path("problem");
    problem.put("detail", "It needs 26.0 GB; 12.4 GB are free.");
    registry.answers("POST /downloads", 507, problem);

    Shell.Ran ran = shell.run("download", "llama2-7b");

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines().toList())
        .containsExactly(
            "error: llama2-7b: not enough space   no-space",
            "  It needs 26.0 GB; 12.4 GB are free.",
            "  neededBytes: 26.0 GB (26000000000)",
            "Try:  depot status   (See what takes the space)");
  }

  @Test
  void with_json_the_error_is_one_json_line_on_stderr() {
    registry.answers("GET /status", 404, problem("unknown-model", 404));

    Shell.Ran ran = shell.run("status", "--json");

    assertThat(ran.out()).isEmpty();
    assertThat(Json.read(ran.err()).path("kind").asText()).isEqualTo("error");
    assertThat(Json.read(ran.err()).path("exit").asInt()).isEqualTo(4);
    assertThat(Json.read(ran.err()).path("code").asText()).isEqualTo("unknown-model");
  }

  @Test
  void nobody_listening_is_9_and_says_where_the_address_came_from() {
    String url = registry.url();
    registry.close();

    Shell.Ran ran = shell.with("DEPOT_URL", url).run("list");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains(url, "environment DEPOT_URL", "make up");
  }

  @Test
  void something_else_listening_is_9_and_said_so() {
    registry.answersText("GET /models", 200, "text/html", "<html>hello</html>");

    Shell.Ran ran = shell.run("list");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains("no registry");
  }

  @Test
  void every_command_has_help_that_ends_in_0() {
    for (List<String> words : commands(shell.entry().everything(), List.of())) {
      List<String> asked = new ArrayList<>(words);
      asked.add("--help");

      Shell.Ran ran = shell.run(asked.toArray(String[]::new));

      assertThat(ran.exit()).as(asked + ran.err()).isZero();
      assertThat(ran.out())
          .as(asked.toString())
          .contains("Usage: depot " + String.join(" ", words));
    }
    assertThat(shell.run("config").out()).contains("show");
  }

  private static List<List<String>> commands(CommandLine line, List<String> words) {
    List<List<String>> all = new ArrayList<>(List.of(words));
    line.getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(words);
              longer.add(name);
              all.addAll(commands(sub, longer));
            });
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "activate phi-2@deadbeef, activate phi-2",
    "deactivate phi-2@deadbeef, deactivate phi-2",
    "unpin other phi-2@deadbeef, unpin phi-2",
    "status phi-2@deadbeef, status phi-2",
    "import . --name phi-2@v1, import . --name phi-2",
    "rollback phi-2@, rollback phi-2@COMMIT",
    "pin phi-2@, pin phi-2@COMMIT",
    "path phi-2@, path phi-2@COMMIT",
    "download other phi-2@, download phi-2@COMMIT",
    "download @main, download NAME@main"
  })
  void a_version_is_used_or_refused_before_anything_is_asked(String typed, String meant) {
    Path volume = home.resolve("models-dir");
    shell.with("MODELS_DIR", volume.toString()).run("setup");
    registry.asked().clear();

    Shell.Ran ran = shell.run(typed.split(" "));

    assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("Try:  depot " + meant + "\n");
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void a_proxy_that_sends_callers_on_is_9_and_says_where_to() {
    registry.redirects("GET /models", "https://depot.example/ai/api/v1/models");

    Shell.Ran ran = shell.run("list");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err())
        .contains("HTTP 301 sends callers on to https://depot.example/ai/api/v1/models")
        .contains("environment DEPOT_URL", "--url https://depot.example/ai\n");
  }

  @Test
  void what_answers_but_is_no_registry_does_not_make_an_import_happen_here() throws IOException {
    registry.redirects("GET /models/mine", "https://depot.example/");
    Files.writeString(home.resolve("config.json"), "{\"model_type\":\"phi\"}");

    Shell.Ran ran = shell.run("import", home.toString(), "--name", "mine");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains("https://depot.example/").doesNotContain("doing it here");
  }

  @Test
  void the_path_of_the_registrys_address_is_kept() {
    registry.lists("GET /ai/depot/api/v1/models", Examples.model());
    registry.answers("GET /ai/depot/api/v1/models/phi-2", Examples.model());
    registry.answers("PATCH /ai/depot/api/v1/models/phi-2", Examples.model());

    assertThat(shell.run("list", "--url", registry.url() + "/ai/depot/").exit()).isZero();
    assertThat(shell.run("list", "--url", registry.url() + "/ai/depot").exit()).isZero();
    assertThat(shell.run("activate", "phi-2", "--url", registry.url() + "/ai/depot/").exit())
        .isZero();
    assertThat(shell.run("list", "--url", registry.url() + "/?x=y").exit()).isEqualTo(2);
  }

  @Test
  void a_repository_that_is_none_is_2() throws IOException {
    Files.writeString(home.resolve("config.json"), "{\"model_type\":\"phi\"}");
    shell.with("MODELS_DIR", home.resolve("models-dir").toString()).run("setup");

    Shell.Ran ran =
        shell.run(
            "import", home.toString(), "--name", "x", "--offline", "--repository", "not a repo");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("\"not a repo\"", "org/name");
  }

  @ParameterizedTest
  @CsvSource({"downloads", "audit", "events"})
  void a_limit_that_shows_nothing_is_2(String command) {
    assertThat(shell.run(command, "-n", "0").exit()).isEqualTo(2);
    assertThat(shell.run(command, "-n", "-3").exit()).isEqualTo(2);
  }

  @Test
  void a_wrong_command_line_is_2_and_means_something_near() {
    Shell.Ran ran = shell.run("lst");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("did you mean: list", "Try:  depot --help");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void a_missing_argument_is_2_and_names_it() {
    Shell.Ran ran = shell.run("download");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("no model was given");
  }

  @Test
  void an_information_becomes_a_question_only_when_asked() {
    registry.answers("GET /status", Examples.status());

    assertThat(shell.run("status").exit()).isZero();
    assertThat(shell.run("status", "--exit-code").exit()).isEqualTo(1);
  }

  @Test
  void our_bug_is_70_with_a_report_id_and_not_1() {
    registry.answersText(
        "GET /models",
        200,
        "application/json",
        "{\"items\":[{\"current\":{\"commit\":{}}}],\"next\":7}");
    ExitCode exit =
        new io.modeldepot.cli.command.Entry(
                new java.util.LinkedHashMap<>(java.util.Map.of("broken", Broken::new)),
                io.modeldepot.cli.command.Surroundings.ofThisProcess())
            .run("broken", "-q");

    assertThat(exit).isEqualTo(ExitCode.OUR_BUG);
  }

  @picocli.CommandLine.Command(name = "broken")
  static final class Broken implements io.modeldepot.cli.command.Work {
    @Override
    public ExitCode run(io.modeldepot.cli.command.Session session) {
      throw new IllegalStateException("meant to happen: a test of how bugs are told");
    }
  }

  @Test
  void one_common_failure_keeps_its_code_and_a_mixture_is_3() {
    assertThat(ExitCode.ofAll(List.of(ExitCode.OK, ExitCode.OK))).isEqualTo(ExitCode.OK);
    assertThat(ExitCode.ofAll(List.of(ExitCode.NO_SPACE, ExitCode.NO_SPACE)))
        .isEqualTo(ExitCode.NO_SPACE);
    assertThat(ExitCode.ofAll(List.of(ExitCode.OK, ExitCode.NO_SPACE))).isEqualTo(ExitCode.PARTLY);
  }

  @Test
  void every_problem_has_an_exit_code_that_exists_and_no_action_can_end_in_1() {
    for (ProblemText text : ProblemText.all()) {
      assertThat(ExitCode.of(text.exitCode())).as(text.code().code()).isPresent();
      assertThat(ProblemExits.of(text.code().code(), 0))
          .as(text.code().code())
          .isNotIn(ExitCode.OK, ExitCode.NO);
    }
  }

  @Test
  void the_page_has_the_table_of_exit_codes_that_the_code_has() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("depot.root", "..")).resolve("docs/cli.md"));

    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains("| " + code.number() + " | " + code.meaning() + " |");
    }
  }

  private static ObjectNode problem(String code, int status) {
    return Json.object()
        .put("type", "/problems/" + code)
        .put("code", code)
        .put("title", "A title")
        .put("status", status)
        .put("detail", "A detail.");
  }
}
