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

/** Asking for a model and following it. */
@Timeout(60)
class DownloadTest {
  private static final String ID = "r-1";

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
  void a_finished_download_is_one_line_on_stdout() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, done(ID));
    registry.event("download-progressed", "1", progress(ID, "transferring", 10));
    registry.event("download-progressed", "2", progress(ID, "done", 20));

    Shell.Ran ran = shell.run("download", "mistral-7b");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo("mistral-7b 26bca36 verified 12 files, 13.1 GB fetched, 1.4 GB reused, 1m06s\n");
  }

  @Test
  void where_it_is_planned_and_what_that_did_to_others_is_said_at_the_end() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, done(ID));
    ObjectNode entry = Json.object().put("model", "mistral-7b");
    entry.putObject("placement").put("users", 9);
    registry.answers("GET /models/mistral-7b", entry);
    ObjectNode phi = decision("phi-2", 3, "placed");
    registry.lists("GET /placements", phi);
    ObjectNode other = decision("phi-2", 4, "unplaced");
    other
        .putObject("change")
        .put("what", "stopped")
        .put("plan", 4)
        .put("usersBefore", 2)
        .put("because", "to make room for mistral-7b (priority 9)")
        .putArray("from")
        .add("host-a/0");
    registry.lists("GET /placements", other, decision("mistral-7b", 4, "placed"));

    String err = shell.run("download", "mistral-7b").err();

    assertThat(err)
        .contains("mistral-7b: decided as 4.")
        .contains(
            "! phi-2 was stopped on host-a/0 (2 users): to make room for mistral-7b (priority 9)");
  }

  @Test
  void a_place_that_was_found_before_anybody_asked_is_said_too() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, done(ID));
    ObjectNode entry = Json.object().put("model", "mistral-7b");
    entry.putObject("placement").put("users", 9);
    registry.answers("GET /models/mistral-7b", entry);
    registry.lists("GET /placements", decision("mistral-7b", 4, "placed"));

    assertThat(shell.run("download", "mistral-7b").err()).contains("mistral-7b: decided as 4.");
  }

  @Test
  void who_decides_may_come_up_while_the_download_runs() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, done(ID));
    ObjectNode entry = Json.object().put("model", "mistral-7b");
    entry.putObject("placement").put("users", 9);
    registry.answers("GET /models/mistral-7b", entry);
    registry.answers(
        "GET /placements",
        503,
        Json.object().put("code", "placement-unavailable").put("status", 503).put("title", "Away"));
    registry.lists("GET /placements", decision("mistral-7b", 4, "placed"));

    assertThat(shell.run("download", "mistral-7b").err()).contains("mistral-7b: decided as 4.");
  }

  private static ObjectNode decision(String model, long plan, String state) {
    return Json.object()
        .put("model", model)
        .put("plan", plan)
        .put("generation", plan)
        .put("state", state)
        .put("reason", "decided as " + plan + ".");
  }

  @Test
  void what_was_here_already_is_said_to_be_so() {
    registry.answers("POST /downloads", 202, done(ID).put("totalBytes", 0).put("fetchedBytes", 0));

    assertThat(shell.run("download", "mistral-7b").out())
        .isEqualTo("mistral-7b 26bca36 verified, was here already, nothing fetched\n");
  }

  @Test
  void a_remedy_names_the_model_and_leaves_the_repository_to_be_named() {
    ObjectNode unknown =
        Json.object().put("code", "unknown-model").put("status", 404).put("title", "No such model");
    unknown
        .putArray("remedies")
        .addObject()
        .put("say", "Name it")
        .put("cli", "download NAME --repository ORG/NAME");
    registry.answers("POST /downloads", 404, unknown);

    assertThat(shell.run("download", "mine").err())
        .contains("depot download mine --repository ORG/NAME");
  }

  @Test
  void an_end_that_the_resource_does_not_show_yet_is_an_end_all_the_same() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, job(ID, "transferring"));
    registry.event("download-progressed", "2", progress(ID, "done", 20));

    assertThat(shell.run("download", "mistral-7b").out())
        .startsWith("mistral-7b 26bca36 verified 12 files, 13.1 GB fetched, 1.4 GB reused");
  }

  @Test
  void without_a_terminal_progress_is_dated_lines_on_stderr_without_escapes() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, done(ID));
    registry.event("download-progressed", "1", progress(ID, "transferring", 10));
    registry.event("download-progressed", "2", progress(ID, "done", 20));

    String err = shell.run("download", "mistral-7b").err();

    assertThat(err.lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("2026-11-23T11:02:00Z mistral-7b "));
    assertThat(err).doesNotContain("\u001b", "\r");
  }

  @Test
  void without_an_event_stream_the_job_is_asked_for() {
    registry.withoutEvents();
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, job(ID, "transferring"));
    registry.answers("GET /downloads/" + ID, done(ID));

    assertThat(shell.run("download", "mistral-7b").exit()).isZero();
  }

  @Test
  void a_stream_that_breaks_in_the_middle_loses_nothing() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, job(ID, "transferring"));
    registry.answers("GET /downloads/" + ID, done(ID));
    registry.event("download-progressed", "1", progress(ID, "transferring", 10)).endOfStream();

    assertThat(shell.run("download", "mistral-7b").exit()).isZero();
  }

  @Test
  void json_is_a_line_per_record_and_a_summary_with_the_exit_code_last() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, done(ID));
    registry.event("download-progressed", "1", progress(ID, "transferring", 10));
    registry.event("download-progressed", "2", progress(ID, "done", 20));

    List<JsonNode> lines =
        shell.run("download", "mistral-7b", "--json").out().lines().map(Json::read).toList();

    assertThat(lines.getFirst().path("kind").asText()).isEqualTo("progress");
    assertThat(lines.getLast().path("kind").asText()).isEqualTo("summary");
    assertThat(lines.getLast().path("exit").asInt(-1)).isZero();
    assertThat(lines).allSatisfy(line -> assertThat(line.path("requestId").asText()).isEqualTo(ID));
    assertThat(lines.stream().filter(line -> line.path("kind").asText().equals("summary")))
        .hasSize(1);
  }

  @Test
  void a_failed_download_says_why_and_ends_in_the_problems_code() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers(
        "GET /downloads/" + ID,
        job(ID, "failed").set("problem", Examples.download().path("problem")));

    Shell.Ran ran = shell.run("download", "mistral-7b");

    assertThat(ran.exit()).isEqualTo(6);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("error: mistral-7b: not enough space", "Try:  depot status");
  }

  @Test
  void a_problem_that_came_by_event_alone_is_told_all_the_same() {
    ObjectNode failed = progress(ID, "failed", 20);
    failed.set(
        "error",
        Json.object()
            .put("code", "gated")
            .put("title", "The repository is gated")
            .put("detail", "Accept the terms."));
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("GET /downloads/" + ID, job(ID, "transferring"));
    registry.event("download-progressed", "1", failed);

    Shell.Ran ran = shell.run("download", "mistral-7b");

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err()).contains("gated", "Accept the terms.");
  }

  @Test
  void one_of_two_refused_is_3_and_the_other_is_followed_to_its_end() {
    ObjectNode unknown =
        Json.object().put("code", "unknown-model").put("status", 404).put("title", "No such model");
    registry.answers("POST /downloads", 202, job(ID, "requested"));
    registry.answers("POST /downloads", 404, unknown);
    registry.answers("GET /downloads/" + ID, done(ID));

    Shell.Ran ran = shell.run("download", "mistral-7b", "nothing");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).startsWith("mistral-7b 26bca36 verified");
    assertThat(ran.err()).contains("error: nothing: ");
  }

  @Test
  void the_request_carries_what_was_asked_and_an_id_that_makes_it_safe_to_repeat() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));

    shell.run(
        "download",
        "phi-2@abc",
        "--profile",
        "serving",
        "--include",
        "*.json",
        "--exclude",
        "*.bin",
        "--exclude",
        "*.h5",
        "--force",
        "--location",
        "berlin",
        "--detach");

    RegistryServer.Asked asked = registry.asked("POST", "/downloads");
    assertThat(asked.headers().get("idempotency-key")).matches("cli-[A-Z2-7]{16}");
    assertThat(Json.read(asked.body()))
        .isEqualTo(
            Json.read(
                """
                {"model":"phi-2","revision":"abc","profile":"serving","location":"berlin",
                 "include":["*.json"],"exclude":["*.bin","*.h5"],"force":true}
                """));
  }

  @Test
  void a_new_model_needs_a_repository_alone() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));

    shell.run("download", "--repository", "org/name", "--detach");

    assertThat(Json.read(registry.asked("POST", "/downloads").body()))
        .isEqualTo(Json.object().put("repository", "org/name"));
  }

  @Test
  void a_repository_in_the_place_of_a_name_is_told_apart() {
    Shell.Ran ran = shell.run("download", "org/name");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("download --repository org/name");
  }

  @Test
  void detached_prints_the_id_and_returns() {
    registry.answers("POST /downloads", 202, job(ID, "requested"));

    Shell.Ran ran = shell.run("download", "mistral-7b", "--detach");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo(ID + "\n");
    assertThat(ran.err()).contains("depot watch " + ID);
  }

  @Test
  void names_are_read_from_stdin_one_a_line() {
    registry.answers("POST /downloads", 202, job("r-1", "requested"));
    registry.answers("POST /downloads", 202, job("r-2", "requested"));

    Shell.Ran ran =
        shell
            .typing("mistral-7b  26bca36 active\n\nphi-2\n")
            .run("download", "-", "--detach", "-q");

    assertThat(ran.out()).isEqualTo("r-1\nr-2\n");
  }

  @Test
  void a_plan_says_bytes_licence_gate_and_room_and_transfers_nothing() {
    ObjectNode planned = job(ID, "planned");
    planned.set(
        "plan",
        Json.read(
            """
            {"files":[{"path":"a","sizeBytes":1},{"path":"b","sizeBytes":2}],"fetchBytes":13100000000,
             "reusedBytes":1400000000,"freeAfterBytes":1750000000000,"gated":"auto","licence":"apache-2.0"}
            """));
    registry.answers("POST /downloads", 202, planned);

    Shell.Ran ran = shell.run("download", "mistral-7b", "--plan");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            "mistral-7b 26bca36  14.5 GB in 2 files · 13.1 GB to fetch (1.4 GB already here) · apache-2.0 · gated (auto)"
                + " · 1.8 TB free after\n");
    assertThat(Json.read(registry.asked("POST", "/downloads").body()).path("plan").asBoolean())
        .isTrue();
  }

  @Test
  void watch_of_a_job_that_has_ended_tells_its_end() {
    registry.answers("GET /downloads/" + ID, job(ID, "cancelled"));

    Shell.Ran ran = shell.run("watch", ID);

    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.err()).contains("was cancelled");
  }

  @Test
  void cancel_asks_for_the_end_of_each_and_names_those_it_could_not() {
    registry.answers("DELETE /downloads/r-1", 202, job("r-1", "transferring"));

    Shell.Ran ran = shell.run("cancel", "r-1", "r-2");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out()).isEqualTo("r-1 cancel requested\n");
    assertThat(ran.err()).contains("download r-2");
  }

  @Test
  void rollback_without_a_commit_goes_to_the_version_before_the_current_one() {
    registry.lists(
        "GET /models/mistral-7b/versions",
        version("a".repeat(40), 7, false),
        version("b".repeat(40), 9, true),
        version("c".repeat(40), 8, false));
    registry.answers("POST /models/mistral-7b/rollback", 202, done(ID));

    assertThat(shell.run("rollback", "mistral-7b").exit()).isZero();
    assertThat(registry.asked("POST", "/models/mistral-7b/rollback").body())
        .contains("c".repeat(40));
  }

  private static ObjectNode version(String commit, int generation, boolean current) {
    return Examples.version()
        .put("commit", commit)
        .put("generation", generation)
        .put("current", current);
  }

  private static ObjectNode job(String id, String state) {
    ObjectNode job =
        Examples.download().put("id", id).put("model", "mistral-7b").put("state", state);
    job.put("commit", "26bca36000000000000000000000000000000000");
    job.remove(List.of("problem", "finishedAt", "sequence"));
    return job;
  }

  private static ObjectNode done(String id) {
    return job(id, "done")
        .put("totalBytes", 14_500_000_000L)
        .put("doneBytes", 14_500_000_000L)
        .put("reusedBytes", 1_400_000_000L)
        .put("fetchedBytes", 13_100_000_000L)
        .put("filesTotal", 12)
        .put("createdAt", "2026-11-23T09:00:00.000Z")
        .put("finishedAt", "2026-11-23T09:01:06.000Z");
  }

  private static ObjectNode progress(String id, String state, int sequence) {
    ObjectNode progress =
        done(id).put("requestId", id).put("state", state).put("sequence", sequence);
    progress.remove(List.of("id", "createdAt", "finishedAt", "actor", "origin", "final"));
    return progress
        .put("doneBytes", 5_100_000_000L)
        .put("rateBytesPerSecond", 208_000_000)
        .put("etaSeconds", 45);
  }
}
