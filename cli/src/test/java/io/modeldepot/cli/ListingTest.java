package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of an answer, shown on {@code list}. */
class ListingTest {
  private static final String ESCAPE = "\u001b";

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
  void a_table_has_a_row_per_model_and_a_footer_with_totals() {
    registry.lists("GET /models", Examples.model(), absent("phi-2"));

    Shell.Ran ran = shell.run("list");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().toList())
        .satisfiesExactly(
            heading ->
                assertThat(heading.split(" +"))
                    .containsExactly("NAME", "VERSION", "STATE", "SIZE", "VERIFIED"),
            llama ->
                assertThat(llama.split(" {2,}"))
                    .containsExactly("llama2-7b", "01c7f73", "active", "13.5 GB", "2 h"),
            phi -> assertThat(phi.split(" {2,}")).containsExactly("phi-2", "-", "absent", "-", "-"),
            footer -> assertThat(footer).isEqualTo("2 models · 2 versions · 27.0 GB"));
  }

  @Test
  void wide_adds_columns_and_takes_none() {
    registry.lists("GET /models", Examples.model());

    String heading = shell.run("list", "-o", "wide").out().lines().findFirst().orElseThrow();

    assertThat(heading.split(" +"))
        .startsWith("NAME", "VERSION", "STATE", "SIZE", "VERIFIED")
        .contains("FAMILY", "LICENCE", "REPOSITORY");
  }

  @Test
  void json_passes_the_registrys_own_fields_through_also_those_of_a_newer_one() {
    ObjectNode newer = Examples.model().put("fromTheFuture", 7);
    registry.lists("GET /models", newer);

    JsonNode answer = Json.read(shell.run("list", "--json").out());

    assertThat(answer.path(0)).isEqualTo(newer);
  }

  @Test
  void yaml_says_the_same_as_json() {
    ObjectNode model = Examples.model();
    model.putArray("tags").add("yes").add("- not a list").add(1).addArray();
    registry.lists("GET /models", model);

    String yaml = shell.run("list", "-o", "yaml").out();

    assertThat(yaml)
        .startsWith("- model: llama2-7b\n")
        .contains("\n  current:\n    commit: ")
        .contains("\n  tags:\n    - \"yes\"\n    - \"- not a list\"\n    - 1\n    - []\n")
        .contains("\n  active: true\n");
  }

  @Test
  void quiet_prints_names_alone_for_other_commands_to_read() {
    registry.lists("GET /models", Examples.model(), absent("phi-2"));

    assertThat(shell.run("list", "-q").out()).isEqualTo("llama2-7b\nphi-2\n");
    assertThat(shell.run("list", "-o", "name").out()).isEqualTo("llama2-7b\nphi-2\n");
  }

  @Test
  void csv_has_exact_values_under_headings_that_name_the_unit() {
    registry.lists("GET /models", Examples.model());

    List<String> lines = shell.run("list", "-o", "csv").out().lines().toList();

    assertThat(lines.get(0))
        .isEqualTo(
            "NAME,VERSION,STATE,SIZE_BYTES,VERIFIED_AT,BY,FAMILY,VERSIONS,PINNED,LICENCE,REPOSITORY,"
                + "SIGNATURE,UPSTREAM,SCAN,NEWER,LAST_USED_AT");
    assertThat(lines.get(1))
        .startsWith("llama2-7b,01c7f73d771dfac7d292323805ebc428287df4f9,active,134")
        .contains(",2026-11-23T");
    assertThat(lines.get(1).split(",")[3]).matches("[0-9]+");
  }

  @Test
  void csv_makes_no_formula_of_a_hostile_name() {
    registry.lists(
        "GET /models", absent("=HYPERLINK(\"http://x\",\"y\")"), absent("+1"), absent("a,b"));

    List<String> lines = shell.run("list", "-o", "csv").out().lines().toList();

    assertThat(lines.get(1)).startsWith("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",");
    assertThat(lines.get(2)).startsWith("'+1,");
    assertThat(lines.get(3)).startsWith("\"a,b\",");
  }

  @Test
  void a_hostile_name_cannot_steer_the_terminal_in_any_form() {
    String hostile = "x" + ESCAPE + "]0;owned\u0007\u202eevil\u009b31m\r\nnext";
    registry.lists("GET /models", absent(hostile));

    for (String form : List.of("table", "wide", "json", "yaml", "name", "csv")) {
      String out = shell.terminal(120).with("NO_COLOR", "1").run("list", "-o", form).out();
      assertThat(out.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
          .as(form)
          .isTrue();
      assertThat(out).as(form).doesNotContain("\u202e");
    }
  }

  @Test
  void colours_are_for_terminals_only_and_never_against_the_persons_will() {
    registry.lists("GET /models", Examples.model());

    assertThat(shell.run("list").out()).doesNotContain(ESCAPE);
    assertThat(shell.terminal(100).run("list").out()).contains(ESCAPE);
    assertThat(shell.terminal(100).run("list", "--no-color").out()).doesNotContain(ESCAPE);
    assertThat(shell.terminal(100).with("NO_COLOR", "1").run("list").out()).doesNotContain(ESCAPE);
    assertThat(shell.with("NO_COLOR", "").with("TERM", "dumb").run("list").out())
        .doesNotContain(ESCAPE);
  }

  @Test
  void forty_columns_keep_every_line_within_the_terminal_and_lose_no_column() {
    registry.lists("GET /models", Examples.model(), absent("a-model-with-a-rather-long-name"));

    String out = shell.terminal(40).with("NO_COLOR", "1").run("list", "-o", "wide").out();

    assertThat(out.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    assertThat(out).contains("NAME", "VERSION", "REPOSITORY", "llama2-7b");
  }

  @Test
  void a_pipe_is_never_cut_to_a_width() {
    registry.lists("GET /models", absent("n".repeat(300)));

    assertThat(shell.run("list").out()).contains("n".repeat(300));
  }

  @Test
  void without_a_utf8_locale_only_ascii_is_written() {
    ObjectNode model = Examples.model().put("licence", "Lizenz-Ä-許可");
    registry.lists("GET /models", model);

    for (String form : List.of("table", "wide", "json", "yaml", "csv")) {
      String out = shell.with("LANG", "C").run("list", "-o", form).out();
      assertThat(out.chars().allMatch(c -> c < 127)).as(form).isTrue();
    }
    assertThat(Json.read(shell.run("list", "--json").out()).path(0).path("licence").asText())
        .isEqualTo("Lizenz-Ä-許可");
  }

  @Test
  void pages_are_followed_to_the_end() {
    registry.answers("GET /models", page("first", "c1"));
    registry.answers("GET /models", page("second", ""));

    assertThat(shell.run("list", "-q").out()).isEqualTo("first\nsecond\n");
    assertThat(registry.asked().getLast().query()).contains("cursor=c1");
  }

  @Test
  void filters_go_to_the_registry_as_they_are() {
    registry.lists("GET /models");

    shell.run("list", "llama", "--filter", "size>30g", "--sort", "size:desc");

    assertThat(registry.asked("GET", "/models").query())
        .contains("q=llama", "filter=size%3E30g", "sort=size%3Adesc");
  }

  @Test
  void names_for_completion_are_kept_and_hostile_ones_are_not() throws IOException {
    registry.lists("GET /models", absent("phi-2"), absent("$(rm -rf x)"), Examples.model());

    shell.run("list");

    assertThat(Files.readAllLines(home.resolve(".cache/model-depot/names")))
        .containsExactly("llama2-7b", "phi-2");
  }

  private static ObjectNode absent(String name) {
    ObjectNode model = Examples.model().put("model", name).put("state", "absent");
    model.remove("current");
    model.put("versions", 0).put("sizeBytes", 0);
    return model;
  }

  private static ObjectNode page(String name, String next) {
    ObjectNode page = Json.object();
    page.putArray("items").add(absent(name));
    if (!next.isEmpty()) {
      page.put("next", next);
    }
    return page;
  }
}
