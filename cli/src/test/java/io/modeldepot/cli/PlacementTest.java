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
import org.junit.jupiter.api.io.TempDir;

/** GPUs, fit and plans as people see them. */
class PlacementTest {
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
  void a_gpu_is_drawn_to_scale_with_what_holds_its_memory() {
    registry.lists("GET /gpus", gpu());

    assertThat(shell.run("gpus").out().lines().toList())
        .containsExactly(
            "host-a/0  RTX 5090  ready  usable 20.0 of 24.0",
            "  mistral-7b         15.0  " + "█".repeat(20) + "▓▓▓▓▓▓▒▒▒▒  2 users × 4096, fp16",
            "  reserved            4.0  " + "░".repeat(8) + "  a trial",
            "  free                1.0  ░░",
            "",
            "█ weights  ▓ KV cache  ▒ engine  ░ free   to scale, in GiB");
  }

  @Test
  void a_machine_gets_the_bytes() {
    registry.lists("GET /gpus", gpu());

    assertThat(Json.read(shell.run("gpus", "--json").out()).at("/0/usableBytes").asLong())
        .isEqualTo(20 * GIB);
    assertThat(shell.run("gpus", "-q").out()).isEqualTo("host-a/0\n");
  }

  @Test
  void fit_answers_by_its_exit_code_and_says_what_is_missing() {
    registry.lists("GET /fit", fit(true));
    assertThat(shell.run("fit", "mistral-7b").exit()).isZero();
    assertThat(registry.asked("GET", "/fit").query()).isEqualTo("model=mistral-7b");

    registry.lists("GET /fit", fit(false));
    assertThat(shell.run("fit", "mistral-7b").exit()).isZero();
    Shell.Ran no = shell.run("fit", "mistral-7b", "--users", "9", "--dtype", "fp16");

    assertThat(no.exit()).isEqualTo(1);
    assertThat(no.out()).contains("5.0 GiB short, even if it were empty (3 users would fit)");
    assertThat(no.out()).contains("context        512    4096", "host-a/0        40       3");
    assertThat(registry.asked().getLast().query())
        .isEqualTo("model=mistral-7b&users=9&variant=fp16");
  }

  @Test
  void one_gpu_can_be_asked_for_and_another_is_not_there() {
    registry.lists("GET /fit", fit(true));

    assertThat(shell.run("fit", "mistral-7b", "--gpu", "host-a/0").exit()).isZero();
    assertThat(shell.run("fit", "mistral-7b", "--gpu", "7").exit()).isEqualTo(4);
  }

  @Test
  void explain_tells_why_a_model_is_nowhere_and_what_would_help() {
    registry.answers("GET /placements/codellama-13b", unplaced());

    Shell.Ran ran = shell.run("explain", "codellama-13b");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "✗ codellama-13b: on host-a/0 it is 2.7 GiB short.",
            "Smallest changes that place it:",
            "  1  serve it as fp8",
            "Plan 7, at most 0 % below the best possible.");
  }

  @Test
  void explain_says_what_an_inference_server_made_of_the_decision() {
    ObjectNode decision = Json.object().put("model", "phi-2").put("state", "placed");
    decision.put("generation", 7).put("reason", "on host-a/0.");
    decision.putArray("servers");
    decision
        .withArray("servers")
        .addObject()
        .put("host", "host-a")
        .put("gpus", "0")
        .put("state", "failed")
        .put("detail", "Triton at http://host-a:8000: it does not answer.")
        .put("generation", 6);
    registry.answers("GET /placements/phi-2", decision);

    Shell.Ran ran = shell.run("explain", "phi-2");

    assertThat(ran.out())
        .contains(
            "✗ Triton on host-a/0 is failed: Triton at http://host-a:8000: it does not answer."
                + "  (of the decision before)");
  }

  @Test
  void explain_writes_the_fragment_for_compose_as_it_is() {
    registry.answersText(
        "GET /placements/phi-2/compose", 200, "application/yaml", "services:\n  \"a\": {}\n");

    Shell.Ran ran = shell.run("explain", "phi-2", "--compose", "--host", "gpu host");

    assertThat(ran.out()).isEqualTo("services:\n  \"a\": {}\n");
    assertThat(registry.asked("GET", "/placements/phi-2/compose").query())
        .isEqualTo("host=gpu+host");
    assertThat(shell.run("explain", "--compose").exit()).isEqualTo(2);
    assertThat(shell.run("explain", "phi-2", "--host", "a").exit()).isEqualTo(2);
  }

  @Test
  void explain_says_what_is_missing_before_anything_is_decided() {
    registry.answers("GET /models/phi-2", Json.object().put("model", "phi-2"));

    Shell.Ran ran = shell.run("explain", "phi-2");

    assertThat(ran.out())
        .startsWith("phi-2 is not planned with: no verified version of it is here");
    assertThat(ran.err()).contains("download phi-2");
    assertThat(shell.run("explain", "nothing").exit()).isEqualTo(4);
  }

  @Test
  void a_dry_run_asks_with_what_the_catalog_wants_and_changes_nothing() {
    ObjectNode entry = Json.object().put("model", "phi-2");
    entry.putObject("placement").put("users", 10).put("minUsers", 8).put("contextTokens", 2048);
    registry.answers("GET /models/phi-2", entry);
    registry.answers("POST /placements/plan", plan());

    Shell.Ran ran = shell.run("place", "phi-2", "--users", "4", "--dry-run");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(Json.read(registry.asked("POST", "/placements/plan").body()))
        .isEqualTo(
            Json.read(
                """
                {"demands":{"phi-2":{"users":4,"contextTokens":2048}}}
                """));
    assertThat(ran.out().lines().toList())
        .containsExactly(
            "✓ phi-2: on host-a/0, the smallest that fits.",
            "",
            "  moves    phi-2#0  host-a/1 → host-a/0  10 → 4 users",
            "Plan 9, at most 0.25 % below the best possible.");
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("PATCH"));
  }

  @Test
  void a_wish_goes_into_the_catalog_and_the_decision_is_shown() {
    ObjectNode entry = Json.object().put("model", "codellama-13b");
    entry.putObject("current").put("commit", "a");
    registry.answers("GET /models/codellama-13b", entry);
    registry.answers("PATCH /models/codellama-13b", entry);
    registry.answers("POST /placements/plan", still());
    ObjectNode before = unplaced();
    ObjectNode after = unplaced().put("generation", 5).put("reason", "still too large.");
    registry.answers("GET /placements/codellama-13b", before);
    registry.answers("GET /placements/codellama-13b", after);

    Shell.Ran ran = shell.run("place", "codellama-13b", "--users", "2", "--context", "4096");

    assertThat(ran.exit()).as("it cannot be placed").isEqualTo(6);
    assertThat(ran.out()).contains("still too large.");
    assertThat(Json.read(registry.asked("PATCH", "/models/codellama-13b").body()))
        .isEqualTo(Json.read("{\"placement\":{\"users\":2,\"contextTokens\":4096}}"));
  }

  @Test
  void a_gpu_is_drained_reserved_and_released_by_a_setting_of_the_site() {
    registry.lists("GET /gpus", gpu());
    registry.answers("POST /placements/plan", still());
    registry.answers("PUT /site/gpu/host-a/0", Json.object().put("generation", 1));
    registry.answers("GET /site/gpu/host-a/0", Json.object().put("generation", 1));
    registry.answers("DELETE /site/gpu/host-a/0", Json.object());

    assertThat(shell.run("gpus", "drain", "host-a/0", "--reason", "new fan").out())
        .isEqualTo("host-a/0 is drained\n");
    assertThat(Json.read(registry.asked("PUT", "/site/gpu/host-a/0").body()))
        .isEqualTo(Json.read("{\"state\":\"drained\",\"reason\":\"new fan\"}"));
    assertThat(
            shell
                .run(
                    "gpus",
                    "reserve",
                    "host-a/0",
                    "--gib",
                    "1.5",
                    "--until",
                    "2026-12-31T18:00:00Z")
                .exit())
        .isZero();
    assertThat(Json.read(registry.asked().getLast().body()))
        .isEqualTo(Json.read("{\"reservedBytes\":1610612736,\"until\":\"2026-12-31T18:00:00Z\"}"));
    assertThat(shell.run("gpus", "release", "host-a/0").exit()).isZero();
    assertThat(registry.asked().getLast().method()).isEqualTo("DELETE");
  }

  @Test
  void a_drain_can_be_looked_at_first() {
    registry.answers("POST /placements/plan", plan());

    assertThat(shell.run("gpus", "drain", "host-a/1", "--dry-run").out())
        .contains("moves    phi-2#0  host-a/1 → host-a/0");
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("PUT"));
  }

  @Test
  void a_wish_that_cannot_be_meant_is_refused_before_anything_is_changed() {
    registry.lists("GET /gpus", gpu());

    assertThat(shell.run("gpus", "drain").exit()).isEqualTo(2);
    assertThat(shell.run("gpus", "paint", "host-a/0").exit()).isEqualTo(2);
    assertThat(shell.run("gpus", "reserve", "host-a/0").exit()).isEqualTo(2);
    assertThat(shell.run("gpus", "drain", "host-a/0", "--until", "soon").exit()).isEqualTo(2);
    assertThat(shell.run("gpus", "drain", "host-z/9").exit()).isEqualTo(4);
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("PUT"));
  }

  @Test
  void what_is_only_a_question_is_not_done() {
    assertThat(shell.run("place", "--drain", "host-a/0").exit()).isEqualTo(2);
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void a_plan_is_applied_as_it_is() {
    assertThat(shell.run("place", "--apply", "9", "--dry-run").exit()).isEqualTo(2);
    assertThat(shell.run("place", "phi-2", "--apply", "9").exit()).isEqualTo(2);
    assertThat(shell.run("place", "--apply", "9", "--users", "3").exit()).isEqualTo(2);
    assertThat(shell.run("place", "phi-2", "--users", "3", "--min-users", "5").exit()).isNotZero();
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("POST"));
  }

  @Test
  void a_wish_is_kept_though_nobody_can_decide() {
    ObjectNode entry = Json.object().put("model", "phi-2");
    registry.answers("GET /models/phi-2", entry);
    registry.answers("PATCH /models/phi-2", entry);
    ObjectNode away = Json.object().put("code", "placement-unavailable").put("status", 503);
    registry.answers("GET /placements/phi-2", 503, away);

    Shell.Ran ran = shell.run("place", "phi-2", "--users", "2", "--context", "2048");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(registry.asked()).anyMatch(asked -> asked.method().equals("PATCH"));
  }

  @Test
  void a_drain_keeps_what_is_reserved() {
    registry.lists("GET /gpus", gpu());
    registry.answers("POST /placements/plan", still());
    ObjectNode setting = Json.object();
    setting.putObject("value").put("reservedBytes", 7).put("reason", "a trial");
    registry.answers("GET /site/gpu/host-a/0", setting);
    registry.answers("PUT /site/gpu/host-a/0", Json.object());

    assertThat(shell.run("gpus", "drain", "host-a/0").exit()).isZero();

    assertThat(Json.read(registry.asked("PUT", "/site/gpu/host-a/0").body()))
        .isEqualTo(Json.read("{\"reservedBytes\":7,\"reason\":\"a trial\",\"state\":\"drained\"}"));
  }

  @Test
  void when_only_placement_is_away_explain_says_that() {
    ObjectNode away = Json.object().put("code", "placement-unavailable").put("status", 503);
    registry.answers("GET /placements/phi-2", 503, away);

    assertThat(shell.run("explain", "phi-2").exit()).isEqualTo(9);
  }

  @Test
  void a_plan_that_is_out_of_date_is_a_conflict() {
    ObjectNode problem = Json.object().put("code", "stale-plan").put("status", 409);
    problem.put("title", "The plan is out of date").put("detail", "The site has changed.");
    registry.answers("GET /placements/plan/9", 409, problem);

    assertThat(shell.run("place", "--apply", "9").exit()).isEqualTo(8);
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("POST"));
  }

  @Test
  void a_plan_that_is_refused_after_it_was_asked_for_is_not_called_done() {
    registry.answers("GET /placements/plan/9", plan());
    registry.answers("POST /placements/plan/9/apply", Json.object().put("plan", 9));
    registry.answers("GET /placements/phi-2", Json.object().put("generation", 8).put("plan", 9));

    Shell.Ran waited = shell.run("place", "--apply", "9");

    assertThat(waited.exit()).as(waited.out()).isEqualTo(10);
    assertThat(waited.err()).contains("plan 9 is asked for and not in force yet");
  }

  @Test
  void what_was_asked_of_a_model_can_be_taken_back_part_by_part() {
    ObjectNode entry = Json.object().put("model", "phi-2");
    ObjectNode wish = entry.putObject("placement").put("users", 4).put("contextTokens", 2048);
    wish.put("gpu", "host-a/0").putArray("variants").add("fp8");
    wish.putArray("antiAffinity").add("qwen-7b");
    registry.answers("GET /models/phi-2", entry);
    registry.answers("POST /placements/plan", plan());

    shell.run(
        "place", "phi-2", "--gpu", "any", "--dtype", "any", "--apart-from", "none", "--dry-run");

    assertThat(Json.read(registry.asked("POST", "/placements/plan").body()))
        .isEqualTo(Json.read("{\"demands\":{\"phi-2\":{\"users\":4,\"contextTokens\":2048}}}"));
  }

  @Test
  void nobody_asks_for_fewer_than_one() {
    registry.answers("GET /models/phi-2", Json.object().put("model", "phi-2"));

    Shell.Ran ran = shell.run("place", "phi-2", "--users", "-1", "--context", "2048");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--users -1: it must be at least 1").contains("depot unplace ");
  }

  @Test
  void a_wish_is_kept_though_its_files_are_not_known_to_who_plans_yet() {
    ObjectNode entry = Json.object().put("model", "phi-2");
    entry.putObject("current").put("commit", "a");
    registry.answers("GET /models/phi-2", entry);
    registry.answers("PATCH /models/phi-2", entry);
    ObjectNode absent = Json.object().put("code", "not-present").put("status", 409);
    registry.answers("POST /placements/plan", 409, absent);
    registry.answers("GET /placements/phi-2", Json.object().put("generation", 1));
    registry.answers(
        "GET /placements/phi-2", Json.object().put("generation", 2).put("obstacle", "not-asked"));
    registry.answers(
        "GET /placements/phi-2", Json.object().put("generation", 3).put("state", "placed"));

    Shell.Ran ran = shell.run("place", "phi-2", "--users", "2", "--context", "2048", "--json");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(Json.read(ran.out()).path("generation").asInt()).isEqualTo(3);
    assertThat(registry.asked()).anyMatch(asked -> asked.method().equals("PATCH"));
  }

  @Test
  void explain_says_when_the_decision_is_about_a_wish_that_was_taken_back() {
    registry.answers(
        "GET /placements/phi-2", Json.object().put("model", "phi-2").put("state", "placed"));
    registry.answers("GET /models/phi-2", Json.object().put("model", "phi-2"));

    assertThat(shell.run("explain", "phi-2").err())
        .contains("Nothing is asked of it any more; this stays until another plan");
  }

  @Test
  void unplace_waits_for_the_model_to_be_planned_for_no_gpu() {
    registry.answers("GET /placements/phi-2", Json.object().put("state", "placed"));
    registry.answers("GET /placements/phi-2", Json.object().put("state", "placed"));
    registry.answers("GET /placements/phi-2", Json.object().put("state", "unplaced"));
    ObjectNode wish = Json.object();
    wish.putObject("placement").put("users", 4).put("contextTokens", 2048);
    registry.answers("DELETE /placements/phi-2", wish);

    Shell.Ran ran = shell.run("unplace", "phi-2");

    assertThat(ran.out()).isEqualTo("phi-2 is asked for nothing; its files stay\n");
    assertThat(ran.err())
        .contains("place phi-2 --users 4 --context 2048", "It is planned for no GPU any more.");
  }

  @Test
  void unplace_waits_with_json_too_and_says_how_it_ended() {
    for (String state : List.of("placed", "placed", "unplaced")) {
      registry.answers("GET /placements/phi-2", Json.object().put("state", state));
    }
    registry.answers("DELETE /placements/phi-2", Json.object().put("model", "phi-2"));

    JsonNode said = Json.read(shell.run("unplace", "phi-2", "--json").out());

    assertThat(said.path("model").asText()).isEqualTo("phi-2");
    assertThat(said.path("planned").isBoolean()).isTrue();
    assertThat(said.path("planned").asBoolean()).isFalse();
  }

  @Test
  void what_would_move_is_said_before_a_plan_is_applied_and_asked_about_on_a_terminal() {
    registry.answers("GET /placements/plan/9", plan());
    registry.answers("POST /placements/plan/9/apply", Json.object().put("plan", 9));
    for (int generation : new int[] {1, 2, 2, 3}) {
      registry.answers("GET /placements/phi-2", Json.object().put("generation", generation));
    }

    Shell.Ran no = shell.asked(120).typing("n\n").run("place", "--apply", "9");

    assertThat(no.exit()).isEqualTo(130);
    assertThat(no.err())
        .contains("This changes what runs:", "moves    phi-2#0  host-a/1 → host-a/0  10 → 4 users")
        .contains("Go on? [y/N]", "Nothing was changed.");
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("POST"));

    assertThat(shell.typing("y\n").run("place", "--apply", "9").exit()).isZero();
    assertThat(registry.asked()).anyMatch(asked -> asked.path().endsWith("/apply"));
    Shell.Ran yes = shell.typing("").run("place", "--apply", "9", "--yes");
    assertThat(yes.exit()).isZero();
    assertThat(yes.err()).contains("moves    phi-2#0").doesNotContain("Go on?");
  }

  @Test
  void without_a_terminal_what_moves_is_said_and_goes_on() {
    registry.lists("GET /gpus", gpu());
    registry.answers("POST /placements/plan", plan());
    registry.answers("PUT /site/gpu/host-a/0", Json.object());

    Shell.Ran ran = shell.run("gpus", "drain", "host-a/0");

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("moves    phi-2#0  host-a/1 → host-a/0");
    assertThat(registry.asked()).anyMatch(asked -> asked.method().equals("PUT"));
  }

  @Test
  void a_drain_that_is_not_agreed_to_changes_nothing() {
    registry.lists("GET /gpus", gpu());
    registry.answers("POST /placements/plan", plan());

    assertThat(shell.asked(120).typing("\n").run("gpus", "drain", "host-a/0").exit())
        .isEqualTo(130);
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("PUT"));
  }

  @Test
  void a_demand_that_moves_others_is_asked_about_first() {
    ObjectNode entry = Json.object().put("model", "phi-2");
    entry.putObject("current").put("commit", "a");
    registry.answers("GET /models/phi-2", entry);
    registry.answers("POST /placements/plan", plan());

    Shell.Ran no =
        shell.asked(120).typing("n\n").run("place", "phi-2", "--users", "2", "--context", "9");

    assertThat(no.exit()).isEqualTo(130);
    assertThat(registry.asked()).noneMatch(asked -> asked.method().equals("PATCH"));
  }

  @Test
  void what_is_asked_of_a_model_is_taken_back_with_the_command_that_asks_again() {
    ObjectNode answer = Json.object().put("model", "phi-2");
    ObjectNode asked =
        answer
            .putObject("placement")
            .put("users", 20)
            .put("minUsers", 15)
            .put("contextTokens", 2048)
            .put("priority", 7)
            .put("gpu", "host-a/0");
    asked.putArray("variants").add("fp8").add("fp16");
    asked.putArray("antiAffinity").add("mistral-7b").add("qwen-7b");
    registry.answers("DELETE /placements/phi-2", answer);

    Shell.Ran ran = shell.run("unplace", "phi-2");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("phi-2 is asked for nothing; its files stay\n");
    assertThat(ran.err())
        .isEqualTo(
            "Undo:  depot place phi-2 --users 20 --min-users 15 --context 2048 --priority 7 --gpu"
                + " host-a/0 --dtype fp8,fp16 --apart-from mistral-7b,qwen-7b\n");
  }

  @Test
  void models_that_it_shall_be_apart_from_are_part_of_the_wish() {
    registry.answers("GET /models/phi-2", Json.object().put("model", "phi-2"));

    shell.run("place", "phi-2", "--users", "2", "--context", "512", "--apart-from", "a,b");

    assertThat(Json.read(registry.asked("PATCH", "/models/phi-2").body()))
        .isEqualTo(
            Json.read(
                "{\"placement\":{\"users\":2,\"contextTokens\":512,"
                    + "\"antiAffinity\":[\"a\",\"b\"]}}"));
  }

  @Test
  void a_host_is_forgotten_by_its_name() {
    ObjectNode answer = Json.object().put("host", "old-host");
    answer.putArray("gpus").add("0").add("1");
    registry.answers("DELETE /gpus/old-host", answer);

    assertThat(shell.run("gpus", "forget", "old-host").out())
        .isEqualTo("old-host is forgotten, with 2 GPUs\n");
    assertThat(shell.run("gpus", "forget").exit()).isEqualTo(2);
    assertThat(shell.run("gpus", "forget", "old-host/0").exit()).isEqualTo(2);
  }

  @Test
  void a_model_that_is_named_like_a_problem_is_explained_with_a_hint_to_the_problem() {
    registry.answers("GET /models/gated", Json.object().put("model", "gated"));
    registry.answers("GET /placements/gated", unplaced().put("model", "gated"));

    Shell.Ran ran = shell.run("explain", "gated");

    assertThat(ran.out()).startsWith("✗ gated: on host-a/0 it is 2.7 GiB short.");
    assertThat(ran.err()).contains("explain --code gated");
    assertThat(shell.run("explain", "--code", "gated").out()).startsWith("gated: ");
  }

  @Test
  void a_name_that_was_mistyped_is_answered_with_what_may_be_meant() {
    registry.lists("GET /models", Json.object().put("model", "mistral-7b"));

    Shell.Ran ran = shell.run("fit", "mistrla-7b");
    assertThat(ran.exit()).isEqualTo(4);
    assertThat(ran.err()).contains("depot fit mistral-7b   (did you mean mistral-7b?)");
    assertThat(shell.run("unplace", "mistral-7").err()).contains("depot unplace mistral-7b");
    assertThat(shell.run("fit", "falcon-40b").err()).doesNotContain("did you mean");
  }

  @Test
  void a_change_of_what_ran_is_told_by_explain_status_and_events() {
    ObjectNode decision = moved();
    registry.answers("GET /placements/phi-2", decision);
    registry.lists("GET /gpus", gpu());
    registry.lists("GET /placements", decision, stopped(), notAsked());
    registry.answers("GET /status", Examples.status());
    registry.event("model-placed", "1", decision);
    String told =
        "was moved from host-a/1 to host-a/0, now for 4 users instead of 10: host-a/1 is drained"
            + " (new fan)";

    assertThat(shell.run("explain", "phi-2").out())
        .contains("last change (plan 9, 7 min): it " + told);
    String status = shell.run("status").out();
    assertThat(status)
        .contains("Placement: phi-2 " + told + " (7 min ago)")
        .contains(
            "llama2-7b is planned for no GPU: it was stopped on host-a/0 (6 users): to make room"
                + " for phi-2 (priority 9).")
        .doesNotContain("qwen-7b");
    assertThat(shell.run("events", "-n", "1").out()).contains("phi-2 " + told + ". phi-2 placed:");
  }

  private static ObjectNode moved() {
    ObjectNode decision =
        Json.object()
            .put("model", "phi-2")
            .put("plan", 9)
            .put("generation", 9)
            .put("state", "placed")
            .put("reason", "On host-a/0.");
    ObjectNode replica =
        decision.putArray("replicas").addObject().put("host", "host-a").put("users", 4);
    replica.putArray("gpus").addObject().put("id", "0");
    change(decision, "moved", "host-a/1", 10).put("because", "host-a/1 is drained (new fan)");
    return decision;
  }

  private static ObjectNode stopped() {
    ObjectNode decision =
        Json.object()
            .put("model", "llama2-7b")
            .put("plan", 9)
            .put("state", "unplaced")
            .put("obstacle", "no-room")
            .put("reason", "Not placed.");
    change(decision, "stopped", "host-a/0", 6)
        .put("because", "to make room for phi-2 (priority 9)");
    return decision;
  }

  private static ObjectNode notAsked() {
    return Json.object()
        .put("model", "qwen-7b")
        .put("state", "unplaced")
        .put("obstacle", "not-asked")
        .put("reason", "Not placed: nothing is asked of it.");
  }

  private static ObjectNode change(ObjectNode decision, String what, String from, int users) {
    ObjectNode change =
        decision
            .putObject("change")
            .put("what", what)
            .put("plan", 9)
            .put("usersBefore", users)
            .put("at", "2026-11-23T10:55:00Z");
    change.putArray("from").add(from);
    return change;
  }

  private static ObjectNode still() {
    ObjectNode plan = Json.object().put("plan", 9);
    plan.putArray("differences");
    return plan;
  }

  private static ObjectNode gpu() {
    ObjectNode gpu =
        Json.object()
            .put("host", "host-a")
            .put("id", "0")
            .put("name", "RTX 5090")
            .put("state", "ready")
            .put("memoryBytes", 24 * GIB)
            .put("usableBytes", 20 * GIB)
            .put("freeBytes", GIB)
            .put("reservedBytes", 4 * GIB)
            .put("reason", "a trial");
    gpu.putArray("models")
        .addObject()
        .put("model", "mistral-7b")
        .put("users", 2)
        .put("contextTokens", 4096)
        .put("variant", "fp16")
        .put("weightsBytes", 10 * GIB)
        .put("kvBytes", 3 * GIB)
        .put("overheadBytes", 2 * GIB);
    return gpu;
  }

  private static ObjectNode fit(boolean fits) {
    ObjectNode fit =
        Json.object()
            .put("host", "host-a")
            .put("gpu", "0")
            .put("name", "RTX 5090")
            .put("users", 9)
            .put("contextTokens", 4096)
            .put("variant", "fp16")
            .put("fits", fits)
            .put("fitsWhenEmpty", fits)
            .put("shortBytes", fits ? 0 : 2 * GIB)
            .put("weightsBytes", 10 * GIB)
            .put("kvBytes", (fits ? 3 : 13) * GIB)
            .put("overheadBytes", 2 * GIB)
            .put("usableBytes", 20 * GIB)
            .put("freeBytes", 20 * GIB)
            .put("usersThatFit", 3)
            .put("usersThatFitWhenEmpty", 3)
            .put("engine", "vllm");
    fit.putObject("usersByContext").put("512", 40).put("4096", 3);
    return fit;
  }

  private static ObjectNode unplaced() {
    ObjectNode decision =
        Json.object()
            .put("model", "codellama-13b")
            .put("plan", 7)
            .put("state", "unplaced")
            .put("generation", 4)
            .put("gapToBound", 0.0)
            .put("reason", "on host-a/0 it is 2.7 GiB short.");
    decision.putArray("changesThatWouldFit").add("serve it as fp8");
    return decision;
  }

  private static ObjectNode plan() {
    ObjectNode plan = Json.object().put("plan", 9).put("gapToBound", 0.0025);
    ObjectNode step =
        plan.putArray("differences")
            .addObject()
            .put("replica", "phi-2#0")
            .put("what", "moves")
            .put("usersBefore", 10)
            .put("users", 4);
    step.putArray("from").add("host-a/1");
    step.putArray("to").add("host-a/0");
    plan.putArray("models")
        .addObject()
        .put("model", "phi-2")
        .put("placed", true)
        .put("reason", "on host-a/0, the smallest that fits.");
    return plan;
  }
}
