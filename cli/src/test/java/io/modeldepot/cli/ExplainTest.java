package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.ProblemText;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why something is as it is. Models are told about in {@link PlacementTest}. */
class ExplainTest {
  private static final long GIB = 1L << 30;

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
  void every_code_is_explained_with_nothing_running() {
    String nobody = registry.url();
    registry.close();

    for (ProblemText text : ProblemText.all()) {
      Shell.Ran ran = shell.with("DEPOT_URL", nobody).run("explain", text.code().code());

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out()).contains(text.title(), text.cause());
    }
  }

  @Test
  void a_download_that_failed_is_explained_with_its_problem_and_what_would_help() {
    registry.answers("GET /downloads/r-7QK3", Examples.download());

    Shell.Ran ran = shell.run("explain", "r-7QK3");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .startsWith("✗ download r-7QK3Z6M2W4ABCDEF of llama2-7b@01c7f73: failed\n")
        .contains("  asked for 2 h ago by local through rest\n")
        .contains("5.2/13.5 GB (38 %)")
        .contains("error: llama2-7b: not enough space   no-space")
        .contains("Try:  depot status");
  }

  @Test
  void every_state_of_a_download_has_words() {
    for (DownloadState state : DownloadState.values()) {
      ObjectNode download =
          Examples.download().put("state", state.name().toLowerCase(Locale.ROOT)).put("id", "R");
      download.remove("problem");
      registry.answers("GET /downloads/R-" + state, download);

      Shell.Ran ran = shell.run("explain", "download/R-" + state);

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out().lines().findFirst().orElseThrow()).hasSizeGreaterThan(40);
    }
  }

  @Test
  void a_gpu_is_explained_with_what_holds_it_and_what_would_fit() {
    ObjectNode gpu = Json.object().put("host", "host-a").put("id", "0").put("name", "RTX");
    gpu.put("state", "drained").put("reason", "new fan").put("until", "2026-12-31T18:00:00Z");
    gpu.put("memoryBytes", 32 * GIB).put("usableBytes", 28 * GIB).put("freeBytes", 28 * GIB);
    registry.lists("GET /gpus", gpu);
    registry.lists(
        "GET /placements", Json.object().put("model", "codellama-13b").put("state", "unplaced"));
    ObjectNode fit = Json.object().put("host", "host-a").put("gpu", "0").put("usersThatFit", 0);
    fit.put("usersThatFitWhenEmpty", 4).put("contextTokens", 512);
    registry.lists("GET /fit", fit);

    Shell.Ran ran = shell.run("explain", "host-a/0");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("Nothing is planned for it until 2026-12-31T18:00:00Z: new fan\n")
        .contains(
            "codellama-13b is placed nowhere: here no users at 512 tokens each fit now, 4 users if"
                + " it were empty\n");
    assertThat(ran.err()).contains("Next:  depot gpus release host-a/0");
  }

  @Test
  void a_gpu_that_nobody_knows_is_4_and_the_known_ones_are_named() {
    registry.lists("GET /gpus", Json.object().put("host", "host-a").put("id", "0"));

    Shell.Ran ran = shell.run("explain", "gpu/host-a/7");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("there is no GPU host-a/7", "there are host-a/0");
  }

  @Test
  void a_backup_is_explained_with_what_it_has_and_whether_it_was_ever_restored() {
    ObjectNode backup = backup("cli-A", "backup");
    ObjectNode result = backup.putObject("result").put("scope", "all").put("target", "default");
    result.put("totalBytes", 41_800_000_000L).put("addedBytes", 400_000_000).put("seconds", 12.2);
    registry.lists("GET /backups", backup("cli-C", "drill"), backup("cli-B", "check"), backup);

    Shell.Ran ran = shell.run("explain", "b-0193");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out().lines())
        .containsExactly(
            "✓ backup b-0193: done, asked for 12 h ago",
            "  all: 41.8 GB, 400 MB of it new, in 12s, at default",
            "  checked 12 h ago, whole, restored in a drill 12 h ago");
    assertThat(ran.err()).contains("Next:  depot backups drill b-0193");
    assertThat(shell.run("explain", "latest", "--json").out()).contains("\"cli-A\"");
  }

  @Test
  void work_of_a_janitor_that_failed_is_explained_as_status_names_it() {
    ObjectNode cleanup = backup("cli-A", "cleanup").put("state", "failed");
    cleanup.set("problem", Examples.download().path("problem"));
    registry.lists("GET /backups");
    registry.answers("GET /cleanups/cli-A", cleanup);

    Shell.Ran ran = shell.run("explain", "maintenance/cli-A");

    assertThat(ran.out()).startsWith("✗ cleanup ").contains("Not enough space", "Try:  ");
  }

  private static ObjectNode backup(String id, String kind) {
    ObjectNode backup = Json.object().put("id", id).put("backup", "b-0193").put("kind", kind);
    backup.put("state", "done").put("final", true).put("createdAt", "2026-11-22T23:02:00.000Z");
    backup.putObject("asked").put("action", kind);
    return backup;
  }
}
