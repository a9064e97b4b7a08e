package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One grammar of filters for every list, and for the events. */
@Timeout(60)
class FilterTest {
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
  void filters_of_every_list_go_to_the_registry_all_of_them() {
    registry.lists("GET /models");
    registry.lists("GET /downloads");
    registry.lists("GET /models/phi-2/versions");

    shell.run("list", "--filter", "size>30g", "--filter", "family=llama", "--sort", "size:desc");
    shell.run("downloads", "--filter", "created<1d", "--state", "failed");
    shell.run("versions", "phi-2", "--filter", "state=archived", "--location", "here");

    assertThat(registry.asked("GET", "/models").query())
        .contains("filter=size%3E30g&filter=family%3Dllama&sort=size%3Adesc");
    assertThat(registry.asked("GET", "/downloads").query())
        .contains("filter=created%3C1d", "state=failed");
    assertThat(registry.asked("GET", "/models/phi-2/versions").query())
        .contains("filter=state%3Darchived", "location=here");
  }

  @Test
  void what_is_no_filter_is_pointed_at_before_anybody_is_asked() {
    for (String command : new String[] {"list", "downloads", "versions phi-2", "events"}) {
      Shell.Ran ran = shell.run((command + " --filter size?30g").split(" "));

      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err().lines())
          .containsExactly(
              "error: a filter cannot be read",
              "  \"size?30g\" is not a filter; write field, comparison, value, as in size>30g.",
              "    size?30g",
              "        ^",
              "Try:  depot list --help   (see how filters are written)");
    }
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void what_the_registry_cannot_read_is_pointed_at_where_it_says() {
    ObjectNode problem = Json.object().put("code", "bad-request").put("status", 400);
    problem.put("title", "The request cannot be read").put("detail", "\"30x\" is not a size.");
    problem.putObject("evidence").put("filter", "ä size>30x").put("at", 7);
    registry.answers("GET /models", 400, problem);

    Shell.Ran ran = shell.run("list", "--filter", "size>30x");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("    ä size>30x\n           ^\n").doesNotContain("at: 7");
    assertThat(shell.with("LANG", "C").run("list", "--filter", "size>30x").err())
        .as("the mark stands under the same letter where none is shown as it is")
        .contains("    \\u00e4 size>30x\n                ^\n");
  }

  @Test
  void versions_are_named_as_other_commands_take_them() {
    registry.lists("GET /models/llama2-7b/versions", Examples.version());

    assertThat(shell.run("versions", "llama2-7b", "-q").out())
        .isEqualTo("llama2-7b@01c7f73d771dfac7d292323805ebc428287df4f9\n");
    assertThat(shell.typing("llama2-7b  present\n").run("versions", "-", "-o", "csv").out())
        .startsWith("VERSION,STATE,LOCATION,SIZE_BYTES,")
        .contains("\n01c7f73d771dfac7d292323805ebc428287df4f9,current,default,13476954112,");
  }

  @Test
  void events_are_filtered_by_topic_text_and_number() {
    registry.event("model-verified", "1", event("phi-2", "present", 5_000_000_000L));
    registry.event("model-verified", "2", event("llama2-70b", "present", 138_000_000_000L));
    registry.event("download-failed", "3", event("llama2-70b", "failed", 138_000_000_000L));
    registry.event("model-verified", "4", event("llama2-13b", "damaged", 26_000_000_000L));

    String out =
        shell
            .run(
                "events",
                "--json",
                "-n",
                "1",
                "--filter",
                "topic~verified",
                "--filter",
                "sizeBytes>20g",
                "--filter",
                "state!=present")
            .out();

    assertThat(Json.read(out).at("/data/model").asText()).isEqualTo("llama2-13b");
    assertThat(shell.run("events", "--filter", "sizeBytes>many").err())
        .contains("    sizeBytes>many\n              ^\n");
  }

  private static ObjectNode event(String model, String state, long bytes) {
    return Json.object().put("model", model).put("state", state).put("sizeBytes", bytes);
  }
}
