package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Names by pipe, and exact values for who reads them by machine. */
@Timeout(60)
class SeveralTest {
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
  void names_by_pipe_are_archived_brought_back_and_cleaned_up_one_after_the_other() {
    ObjectNode done = Json.object().put("id", "c").put("state", "done").put("final", true);
    done.putObject("result").putArray("kept");
    registry.answers("POST /cleanups", done);

    for (String words : List.of("archive -", "unarchive -", "cleanup --scope versions -")) {
      registry.asked().clear();
      Shell.Ran ran = shell.typing("phi-2   5.6 GB\nqwen-7b\n").run(words.split(" "));

      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(registry.asked())
          .as(words)
          .extracting(asked -> Json.read(asked.body()).path("model").asText())
          .containsExactly("phi-2", "qwen-7b");
    }
  }

  @Test
  void what_is_wrong_with_one_does_not_keep_the_others_from_it() {
    ObjectNode refused = Json.object().put("code", "in-use").put("title", "In use");
    ObjectNode failed = Json.object().put("id", "c").put("state", "failed").put("final", true);
    failed.set("problem", refused);
    ObjectNode done = Json.object().put("id", "c").put("state", "done").put("final", true);
    done.putObject("result");
    registry.answers("POST /cleanups", failed);
    registry.answers("POST /cleanups", done);

    Shell.Ran ran = shell.run("archive", "phi-2", "qwen-7b");

    assertThat(ran.exit()).as("part of it failed").isEqualTo(3);
    assertThat(ran.err()).contains("error: archive: in use   in-use");
    assertThat(registry.asked()).hasSize(2);
  }

  @Test
  void csv_of_backups_usage_and_audit_has_bytes_and_full_times() {
    ObjectNode backup = Json.object().put("id", "cli-A").put("state", "done");
    backup.put("createdAt", "2026-11-22T23:02:00.000Z").putObject("asked");
    ObjectNode result = backup.putObject("result").put("backup", "b-0193").put("scope", "all");
    result.put("addedBytes", 400_000_001).put("totalBytes", 41_800_000_000L).put("target", "here");
    registry.lists("GET /backups", backup);
    ObjectNode storage = Json.object().put("location", "here").put("cacheBytes", 7);
    storage.putArray("usage").addObject().put("kind", "current").put("bytes", 13_476_954_112L);
    registry.lists("GET /storage", storage);
    registry.lists("GET /audit", Examples.audit());

    assertThat(shell.run("backups", "-o", "csv").out())
        .isEqualTo(
            "ID,CREATED_AT,SCOPE,NEW_BYTES,TOTAL_BYTES,STATE,TARGET,REQUEST,PROBLEM\n"
                + "b-0193,2026-11-22T23:02:00.000Z,all,400000001,41800000000,done,here,cli-A,\n");
    assertThat(shell.run("usage", "-o", "csv").out())
        .startsWith("LOCATION,WHAT,FAMILY,SIZE_BYTES\nhere,current versions,,13476954112\n")
        .contains("\nhere,cache alone,,7\n");
    assertThat(shell.run("audit", "-o", "csv").out()).contains(",2026-11-23T09:00:00.000Z,");
  }
}
