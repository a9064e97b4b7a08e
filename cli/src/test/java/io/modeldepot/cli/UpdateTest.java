package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an update changes, before it is fetched. */
@Timeout(60)
class UpdateTest {
  private static final String FROM = "26bca36" + "0".repeat(33);
  private static final String TO = "9f2c1d0" + "0".repeat(33);

  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();
  private Shell shell = new Shell(Path.of("/"));

  @BeforeEach
  void given() {
    shell = new Shell(home).on(registry);
    registry.answers("GET /models/mistral-7b", entry());
    registry.lists("GET /models", entry());
    registry.answers("POST /downloads", 202, job("planned"));
  }

  @AfterEach
  void end() {
    registry.close();
  }

  @Test
  void a_difference_is_told_in_words_and_exits_1() {
    registry.answers("GET /models/mistral-7b/compare", comparison(TO));
    Shell.Ran ran = shell.run("diff", "mistral-7b@26bca36", "mistral-7b@upstream");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "Behaviour changes, memory the same. 1.4 MB to fetch.",
            "  weights        identical (2 of 2 files)",
            "  chat template  changed: 1 line added, 0 removed  tokenizer_config.json",
            "  same: licence, code");
    assertThat(registry.asked("GET", "/models/mistral-7b/compare").query())
        .isEqualTo("from=26bca36&to=upstream");
    assertThat(registry.asked("POST", "/downloads").body().toString())
        .contains("\"plan\":true", "\"revision\":\"main\"");
  }

  @Test
  void no_difference_exits_0_and_two_versions_here_need_no_hub() {
    ObjectNode same = comparison(TO).put("same", true).put("headline", "No difference.");
    registry.answers("GET /models/mistral-7b/compare", same);

    assertThat(shell.run("diff", "mistral-7b@26bca36", "mistral-7b").exit()).isZero();
    assertThat(registry.asked()).noneMatch(it -> it.path().endsWith("/downloads"));
  }

  @Test
  void two_models_are_not_compared() {
    assertThat(shell.run("diff", "mistral-7b", "phi-2").exit()).isEqualTo(2);
  }

  @Test
  void a_raw_difference_is_printed_line_by_line() {
    ObjectNode raw = comparison(TO);
    raw.putArray("raw").add("--- a/chat_template").add("+{{ prompt }}");
    registry.answers("GET /models/mistral-7b/compare", raw);

    assertThat(shell.run("diff", "mistral-7b", "--raw").out())
        .isEqualTo("--- a/chat_template\n+{{ prompt }}\n");
  }

  @Test
  void update_shows_what_is_behind_and_fetches_nothing() {
    registry.answers("GET /models/mistral-7b/compare", comparison(TO));
    Shell.Ran ran = shell.run("update");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith("mistral-7b  26bca36 → 9f2c1d0  waits for your yes\n")
        .contains("chat template  changed: 1 line added");
    assertThat(ran.err()).contains("1 of 1 model behind.");
    assertThat(registry.asked().stream().filter(it -> it.method().equals("POST")))
        .allMatch(it -> it.body().toString().contains("\"plan\":true"));
    assertThat(shell.run("update", "--exit-code").exit()).isEqualTo(1);
  }

  @Test
  void what_is_current_upstream_is_up_to_date() {
    registry.answers("GET /models/mistral-7b/compare", comparison(FROM));

    Shell.Ran ran = shell.run("update", "--exit-code");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("1 model up to date");
  }

  @Test
  void a_yes_fetches_by_an_ordinary_download_of_the_branch() {
    registry.answers("GET /models/mistral-7b/compare", comparison(TO));
    ObjectNode done = job("done").put("filesTotal", 12).put("filesDone", 12);
    registry.answers("GET /downloads/r-1", done);

    Shell.Ran ran = shell.run("update", "mistral-7b", "--yes");

    assertThat(ran.exit()).isZero();
    assertThat(
            registry.asked().stream()
                .filter(it -> it.method().equals("POST"))
                .map(it -> it.body().toString())
                .filter(body -> !body.contains("plan")))
        .containsExactly("{\"model\":\"mistral-7b\",\"revision\":\"main\"}");
  }

  @Test
  void a_yes_does_not_undo_a_pin() {
    registry.answers("GET /models/pinned-7b/compare", comparison(TO).put("model", "pinned-7b"));
    registry.answers("GET /models/pinned-7b", entry().put("model", "pinned-7b").put("pin", FROM));

    Shell.Ran ran = shell.run("update", "pinned-7b", "--yes");

    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.err()).contains("pinned").contains("update pinned-7b --unpin --yes");
    assertThat(registry.asked().stream().filter(it -> it.method().equals("POST")))
        .allMatch(it -> it.body().toString().contains("\"plan\":true"));
  }

  @Test
  void who_says_unpin_gets_the_update_and_the_branch() {
    registry.answers("GET /models/pinned-7b/compare", comparison(TO).put("model", "pinned-7b"));
    registry.answers("GET /models/pinned-7b", entry().put("model", "pinned-7b").put("pin", FROM));
    registry.answers("GET /downloads/r-1", job("done").put("filesTotal", 12).put("filesDone", 12));

    assertThat(shell.run("update", "pinned-7b", "--unpin", "--yes").exit()).isZero();
    assertThat(registry.asked())
        .anyMatch(
            it ->
                it.method().equals("POST")
                    && it.body()
                        .toString()
                        .equals("{\"model\":\"pinned-7b\",\"revision\":\"main\"}"));
  }

  @Test
  void a_machine_gets_the_comparison_with_policy_and_pin() {
    registry.answers("GET /models/mistral-7b/compare", comparison(TO));
    var said = Json.read(shell.run("update", "--json").out());

    assertThat(said.at("/0/verdict").asText()).contains("weights identical");
    assertThat(said.at("/0/update").asText()).isEqualTo("approve");
    assertThat(said.at("/0/pinned").asBoolean()).isFalse();
  }

  private static ObjectNode entry() {
    ObjectNode entry =
        Json.object()
            .put("model", "mistral-7b")
            .put("repository", "mistralai/Mistral-7B-v0.1")
            .put("branch", "main")
            .put("update", "approve");
    entry.putObject("current").put("commit", FROM);
    return entry;
  }

  private static ObjectNode job(String state) {
    return Json.object()
        .put("id", "r-1")
        .put("model", "mistral-7b")
        .put("state", state)
        .put("commit", TO)
        .put("final", true);
  }

  private static ObjectNode comparison(String to) {
    ObjectNode said =
        Json.object()
            .put("model", "mistral-7b")
            .put("same", false)
            .put("headline", "Behaviour changes, memory the same.")
            .put("verdict", "weights identical (2 of 2 files); chat template: changed")
            .put("fetchBytes", 1_400_000);
    said.putObject("from").put("commit", FROM);
    said.putObject("to").put("commit", to);
    var aspects = said.putArray("aspects");
    aspects
        .addObject()
        .put("name", "weights")
        .put("state", "same")
        .put("say", "identical (2 of 2 files)");
    aspects
        .addObject()
        .put("name", "chat-template")
        .put("state", "changed")
        .put("say", "changed: 1 line added, 0 removed")
        .putArray("files")
        .add("tokenizer_config.json");
    aspects.addObject().put("name", "licence").put("state", "same").put("say", "same");
    aspects.addObject().put("name", "code").put("state", "same").put("say", "same");
    return said;
  }
}
