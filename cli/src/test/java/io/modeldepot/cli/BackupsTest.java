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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups as people name them and are told of them. */
class BackupsTest {
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
  void what_quiet_prints_of_a_backup_is_what_a_restore_takes() {
    registry.lists("GET /backups", made());
    registry.answers("POST /restores", 202, restored());

    String printed = shell.run("backups", "-q").out().strip();
    Shell.Ran ran = shell.run("restore", printed);

    assertThat(printed).isEqualTo("b-3f9c21aa");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(asked("/restores").path("backup").asText()).isEqualTo("b-3f9c21aa");
  }

  @Test
  void the_request_that_made_a_backup_names_it_too() {
    registry.answers("GET /backups/r-1", made());
    registry.answers("POST /restores", 202, restored());

    assertThat(shell.run("restore", "r-1").exit()).isZero();
    assertThat(asked("/restores").path("backup").asText()).isEqualTo("b-3f9c21aa");
  }

  @Test
  void a_diff_and_a_pin_take_the_same_names() {
    registry.answers("GET /backups/r-1", made());
    registry.answers("POST /backups", 202, failed("unknown-backup"));

    Shell.Ran diff = shell.run("backups", "diff", "r-1", "latest");

    assertThat(diff.exit()).isEqualTo(4);
    assertThat(asked("/backups"))
        .isEqualTo(
            Json.read("{\"action\":\"diff\",\"backup\":\"b-3f9c21aa\",\"against\":\"latest\"}"));
  }

  @Test
  void a_request_that_made_no_backup_says_so_and_nothing_is_asked() {
    registry.answers(
        "GET /backups/r-2", failed("backup-target-full").put("id", "r-2").put("requestId", "r-2"));

    Shell.Ran ran = shell.run("restore", "r-2");

    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("request r-2 made no backup", "No room.", "backups");
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("POST"));
  }

  @ParameterizedTest
  @CsvSource({
    "no-backup-target, 4",
    "unknown-backup, 4",
    "backup-target-full, 6",
    "backup-damaged, 7",
    "backup-locked, 8",
    "backup-target-unreachable, 9",
    "wrong-backup-key, 11"
  })
  void each_cause_of_a_failed_backup_has_its_text_and_its_number(String code, int exit) {
    registry.answers("POST /backups", 202, failed(code));

    Shell.Ran ran = shell.run("backup");
    Shell.Ran machine = shell.run("backup", "--json");

    assertThat(ran.exit()).isEqualTo(exit);
    assertThat(ran.err()).contains("No room.", "make room there", code);
    assertThat(machine.exit()).isEqualTo(exit);
    assertThat(machine.out() + machine.err()).contains(code);
  }

  private com.fasterxml.jackson.databind.JsonNode asked(String path) {
    return Json.read(registry.asked("POST", path).body());
  }

  private static ObjectNode made() {
    ObjectNode request = request("done").put("backup", "b-3f9c21aa");
    request.putObject("result").put("backup", "b-3f9c21aa").put("scope", "all");
    return request;
  }

  @ParameterizedTest
  @CsvSource({"5000000000, 0", "1000000000, 6"})
  void a_plan_that_does_not_fit_says_what_is_missing(long free, int exit) {
    ObjectNode plan = restored().put("state", "planned");
    plan.putObject("result")
        .put("totalBytes", 9_000_000_000L)
        .put("files", 12)
        .put("newBytes", 4_000_000_000L)
        .put("estimatedBytes", 3_000_000_000L)
        .put("estimatedSeconds", 30)
        .put("freeBytes", free);
    registry.answers("POST /backups", 202, plan);

    Shell.Ran ran = shell.run("backup", "--plan");

    assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
    assertThat(ran.err().contains("about 2.0 GB are missing")).isEqualTo(exit == 6);
  }

  private static ObjectNode restored() {
    ObjectNode request = request("done").put("backup", "b-3f9c21aa");
    request.putObject("result").put("backup", "b-3f9c21aa");
    return request;
  }

  private static ObjectNode failed(String code) {
    ObjectNode request = request("failed");
    ObjectNode problem =
        request
            .putObject("problem")
            .put("code", code)
            .put("title", "It failed")
            .put("detail", "No room.");
    problem.putArray("remedies").addObject().put("say", "make room there");
    return request;
  }

  private static ObjectNode request(String state) {
    ObjectNode request =
        Json.object()
            .put("id", "r-1")
            .put("requestId", "r-1")
            .put("state", state)
            .put("final", true)
            .put("createdAt", "2026-11-23T11:00:00.000Z");
    request.putObject("asked").put("action", "backup");
    return request;
  }
}
