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

/** Cleanups as people ask for them and read them. */
class CleanupTest {
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
  void a_dry_run_is_waited_for_and_told_with_reasons_and_the_next_step() {
    registry.answers("POST /cleanups", request("accepted", false));
    registry.answers("GET /cleanups/r-1", request("running", false));
    registry.answers("GET /cleanups/r-1", planned());

    Shell.Ran ran = shell.run("cleanup", "--dry-run", "--scope", "versions", "phi-2");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(Json.read(registry.asked("POST", "/cleanups").body()))
        .isEqualTo(Json.read("{\"scope\":\"versions\",\"model\":\"phi-2\",\"dryRun\":true}"));
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "Plan c-1a2b3c4d (valid until anything it names changes, 24 h at most)",
            "REMOVE          BYTES  WHY          UNDO UNTIL",
            "phi-2@9ab9e76  5.6 GB  old version  26 Nov 14:10",
            "KEEP            BYTES  WHY",
            "phi-2@26bca36  5.6 GB  active",
            "frees 1.0 GB at once, 5.6 GB more when its trash ends");
    assertThat(ran.err()).contains("cleanup --plan c-1a2b3c4d");
  }

  @Test
  void a_plan_takes_nothing_beside_it() {
    Shell.Ran ran = shell.run("cleanup", "--plan", "c-1", "--scope", "cache");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void an_outdated_plan_ends_with_8_and_says_what_changed() {
    ObjectNode failed = request("failed", true);
    failed
        .putObject("problem")
        .put("code", "stale-plan")
        .put("title", "The plan is outdated")
        .put("detail", "phi-2@9ab9e76 has changed (leased by chat). Nothing was removed.");
    registry.answers("POST /cleanups", failed);

    Shell.Ran ran = shell.run("cleanup", "--plan", "c-1");

    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.err()).contains("leased by chat");
  }

  @Test
  void a_model_that_stays_although_it_was_named_ends_with_8() {
    ObjectNode done = request("done", true);
    done.putObject("asked").put("scope", "model");
    ObjectNode result = done.putObject("result").put("planId", "c-2");
    result.putArray("removed");
    result.putArray("kept").addObject().put("what", "phi-2@26bca36").put("reason", "active");
    registry.answers("POST /cleanups", done);

    Shell.Ran ran = shell.run("cleanup", "--scope", "model", "phi-2");

    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.out()).contains("active");
  }

  @Test
  void amounts_and_mistakes() {
    registry.answers("POST /cleanups", planned());

    assertThat(shell.run("cleanup", "--free", "1.5t", "--older-than", "30d").exit()).isZero();
    assertThat(Json.read(registry.asked("POST", "/cleanups").body()))
        .isEqualTo(
            Json.read(
                "{\"scope\":\"all\",\"olderThanSeconds\":2592000,\"targetFreeBytes\":1500000000000}"));
    assertThat(shell.run("cleanup", "--free", "much").exit()).isEqualTo(2);
    assertThat(shell.run("cleanup", "--scope", "everything").exit()).isEqualTo(2);
    assertThat(shell.run("cleanup", "--scope", "model").exit()).isEqualTo(2);
  }

  @Test
  void undo_says_what_is_back_and_what_is_not() {
    ObjectNode done = request("done", true);
    ObjectNode result = done.putObject("result");
    result.putArray("restored").addObject().put("what", "phi-2@9ab9e76");
    result
        .putArray("kept")
        .addObject()
        .put("what", "phi-2@26bca36")
        .put("reason", "there is one in its place");
    registry.answers("POST /cleanups", done);

    Shell.Ran ran = shell.run("undo");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "phi-2@9ab9e76 is back", "phi-2@26bca36 is not back: there is one in its place");
    assertThat(Json.read(registry.asked("POST", "/cleanups").body()))
        .isEqualTo(Json.read("{\"scope\":\"trash\",\"action\":\"undo\",\"trash\":\"last\"}"));
  }

  @Test
  void archiving_says_what_it_saves_and_how_it_comes_back() {
    ObjectNode done = request("done", true);
    ObjectNode result = done.putObject("result").put("savedBytes", 1_900_000_000L);
    result
        .putArray("archived")
        .addObject()
        .put("what", "phi-2@9ab9e76")
        .put("bytes", 5_600_000_000L)
        .put("archiveBytes", 3_700_000_000L);
    result.putArray("kept");
    registry.answers("POST /cleanups", done);

    Shell.Ran ran = shell.run("archive", "phi-2");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().toList())
        .containsExactly("phi-2@9ab9e76 is archived: 5.6 GB take 3.7 GB", "saves 1.9 GB");
    assertThat(ran.err()).contains("unarchive phi-2");
    assertThat(Json.read(registry.asked("POST", "/cleanups").body()))
        .isEqualTo(Json.read("{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"phi-2\"}"));
  }

  @Test
  void a_version_is_named_by_its_commit_the_beginning_of_it_or_its_revision() {
    ObjectNode done = request("done", true);
    ObjectNode result = done.putObject("result");
    result
        .putArray("restored")
        .addObject()
        .put("what", "phi-2@9ab9e76")
        .put("bytes", 5_600_000_000L);
    result.putArray("kept");
    registry.answers("POST /cleanups", done);
    String commit = "9ab9e76000000000000000000000000000000000";

    String other = "9ab9f00000000000000000000000000000000000";
    ObjectNode old = Json.object().put("commit", commit).put("state", "archived");
    old.putObject("source").put("revision", "v1");
    registry.lists(
        "GET /models/phi-2/versions",
        old,
        Json.object().put("commit", other).put("state", "present"));

    Shell.Ran ran = shell.run("unarchive", "phi-2@" + commit);
    for (String version : new String[] {"9ab9e76", "v1"}) {
      shell.run("unarchive", "phi-2@" + version);
      shell.run("archive", "phi-2@" + version);
      shell.run("cleanup", "--scope", "model", "phi-2@" + version);
    }

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().toList()).containsExactly("phi-2@9ab9e76 is back: 5.6 GB");
    assertThat(
            registry.asked().stream()
                .filter(asked -> asked.method().equals("POST"))
                .map(asked -> Json.read(asked.body()).path("commit").asText()))
        .hasSize(7)
        .containsOnly(commit);
    assertThat(shell.run("archive", "phi-2@9ab9").exit()).isEqualTo(2);
    assertThat(shell.run("archive", "phi-2@v9").exit()).isEqualTo(4);
  }

  @Test
  void two_backups_that_differ_are_answered_with_1_and_what_came_and_went() {
    ObjectNode done = request("done", true);
    ObjectNode result =
        done.putObject("result")
            .put("backup", "b-1")
            .put("against", "b-2")
            .put("addedBytes", 5_600_000_000L)
            .put("goneBytes", 0)
            .put("sameVersions", 3)
            .put("differences", 1);
    result
        .putArray("versions")
        .addObject()
        .put("model", "phi-2")
        .put("commit", "9ab9e76000000000000000000000000000000000")
        .put("change", "added")
        .put("bytes", 5_600_000_000L)
        .put("current", true);
    registry.answers("POST /backups", done);

    Shell.Ran ran = shell.run("backups", "diff", "b-1", "b-2", "--progress", "none");

    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out().lines().toList())
        .startsWith(
            "MODEL  VERSION  CHANGE  CURRENT    SIZE", "phi-2  9ab9e76  added   current  5.6 GB");
    assertThat(Json.read(registry.asked("POST", "/backups").body()))
        .isEqualTo(Json.read("{\"action\":\"diff\",\"backup\":\"b-1\",\"against\":\"b-2\"}"));
    assertThat(shell.run("backups", "diff", "b-1").exit()).isEqualTo(2);
  }

  @Test
  void a_repair_is_asked_of_the_janitor_and_answers_like_a_question() {
    ObjectNode done = request("done", true);
    ObjectNode result =
        done.putObject("result").put("versions", 2).put("damaged", 1).put("repair", true);
    result
        .putArray("findings")
        .addObject()
        .put("model", "phi-2")
        .put("commit", "9ab9e76000000000000000000000000000000000")
        .put("say", "model.safetensors has other bytes in blocks [3]");
    registry.answers("POST /integrity", done);

    Shell.Ran ran = shell.run("verify", "phi-2", "--repair");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "phi-2@9ab9e76: model.safetensors has other bytes in blocks [3]",
            "2 read again, 1 damaged");
    assertThat(Json.read(registry.asked("POST", "/integrity").body()))
        .isEqualTo(
            Json.read("{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"phi-2\"}"));
  }

  @Test
  void usage_accounts_for_every_byte() {
    ObjectNode storage =
        Json.object()
            .put("location", "default")
            .put("capacityBytes", 2_000_000_000_000L)
            .put("freeBytes", 1_900_000_000_000L)
            .put("cacheBytes", 1_000_000_000L)
            .put("reportedAt", "2026-11-23T14:10:00Z");
    storage
        .putArray("usage")
        .addObject()
        .put("kind", "current")
        .put("family", "llama")
        .put("bytes", 13_500_000_000L);
    registry.lists("GET /storage", storage);
    ObjectNode usage = Json.object();
    usage
        .putArray("archived")
        .addObject()
        .put("model", "phi-2")
        .put("versions", 1)
        .put("bytes", 3_800_000_000L)
        .put("savedBytes", 1_800_000_000L);
    registry.answers("GET /usage", usage);

    assertThat(shell.run("usage").out() + shell.run("usage").err())
        .contains("phi-2: 1 version archived in 3.8 GB, 1.8 GB saved");
    assertThat(shell.run("usage").out().lines().limit(4).toList())
        .containsExactly(
            "LOCATION  WHAT              FAMILY    BYTES",
            "default   current versions  llama   13.5 GB",
            "default   cache alone       -        1.0 GB",
            "default   unexplained       -           0 B");
  }

  private static ObjectNode request(String state, boolean isFinal) {
    return Json.object().put("id", "r-1").put("state", state).put("final", isFinal);
  }

  private static ObjectNode planned() {
    ObjectNode planned = request("planned", true);
    ObjectNode result =
        planned
            .putObject("result")
            .put("planId", "c-1a2b3c4d")
            .put("freedBytes", 1_000_000_000L)
            .put("laterBytes", 5_600_000_000L);
    result
        .putArray("removed")
        .addObject()
        .put("what", "phi-2@9ab9e76")
        .put("reason", "old version")
        .put("bytes", 5_600_000_000L)
        .put("undoUntil", "2026-11-26T14:10:00.000Z");
    result
        .putArray("kept")
        .addObject()
        .put("what", "phi-2@26bca36")
        .put("reason", "active")
        .put("bytes", 5_600_000_000L);
    return planned;
  }
}
