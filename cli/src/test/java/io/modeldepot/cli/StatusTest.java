package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Overviews, wishes and the audit trail. */
@Timeout(60)
class StatusTest {
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
  void what_needs_attention_comes_first_with_a_command_to_paste() {
    registry.answers("GET /status", Examples.status());

    List<String> lines = shell.run("status").out().lines().toList();

    assertThat(lines.get(0)).isEqualTo("1 needs attention");
    assertThat(lines.get(1))
        .startsWith("  ✗ The download of llama2-7b failed")
        .endsWith("no-space");
    assertThat(lines.get(2)).isEqualTo("      → depot status");
    assertThat(lines.get(3)).isEqualTo("Services 1/1 up · audit 42 records");
    assertThat(lines.get(4))
        .isEqualTo(
            "Models 2 here of 7 in the catalog, 1 active · 3 versions, 40.4 GB · downloads 1 running, 0 waiting");
    assertThat(lines.get(5)).isEqualTo("Disk default 5 % of 2.0 TB · 1.9 TB free");
  }

  @Test
  void a_lag_is_said_where_somebody_reports_one() {
    ObjectNode status = Examples.status();
    ((ObjectNode) status.path("services").path(0)).put("lagRecords", 7);
    registry.answers("GET /status", status);

    assertThat(shell.run("status").out()).contains("Services 1/1 up · Kafka lag 7 · audit");
  }

  @Test
  void nothing_to_attend_to_is_one_line() {
    ObjectNode status = Examples.status();
    status.putArray("attention");
    registry.answers("GET /status", status);

    assertThat(shell.run("status").out()).startsWith("Nothing needs you.\n");
    assertThat(shell.run("status", "--exit-code").exit()).isZero();
  }

  @Test
  void a_plan_that_waits_for_a_yes_is_said_with_the_command_that_gives_it() {
    ObjectNode status = Examples.status();
    status.putArray("attention");
    registry.answers("GET /status", status);
    ObjectNode placements = Json.object();
    placements.putArray("items");
    placements.putObject("waiting").put("plan", 7).put("changes", 3);
    registry.answers("GET /placements", placements);

    Shell.Ran ran = shell.run("status", "--exit-code");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out().lines().limit(3))
        .containsExactly(
            "1 needs attention",
            "  ! Plan 7 with 3 changes waits for a yes.   plan-waits",
            "      → depot place --apply 7");
  }

  @Test
  void a_service_that_is_down_and_a_lost_broker_are_named() {
    ObjectNode status = Examples.status();
    ((ObjectNode) status.path("services").path(0)).put("up", false);
    status.putObject("broker").put("connected", false);
    registry.answers("GET /status", status);

    assertThat(shell.run("status").out())
        .contains("Services 0/1 up · downloader-1 down · Kafka not connected");
  }

  @Test
  void one_model_shows_where_it_came_from_what_it_is_and_its_versions() {
    registry.answers("GET /models/llama2-7b", Examples.model());
    registry.lists("GET /models/llama2-7b/versions", Examples.version());

    String out = shell.run("status", "llama2-7b").out();

    assertThat(out)
        .contains("llama2-7b  active", "meta-llama/Llama-2-7b-hf, llama2")
        .contains("LlamaForCausalLM, 6.74 B parameters, F16 13.5 GB, context 4096")
        .contains("versions/llama2-7b/01c7f73d771dfac7d292323805ebc428287df4f9")
        .contains("2 h ago by git-sha1, 12 files, 13.5 GB");
    assertThat(out.lines().toList().getLast().split(" {2,}"))
        .containsExactly("01c7f73", "current", "default", "13.5 GB", "12", "2 h", "git-sha1");
  }

  @Test
  void one_model_shows_who_signed_it_and_what_loading_it_would_run() {
    ObjectNode version = Examples.version();
    version.putObject("signature").put("status", "valid").put("signer", "abcdef0123456789");
    version
        .putObject("upstreamSignature")
        .put("status", "not-checked")
        .put("method", "sigstore")
        .put("why", "Only keys are checked here.");
    version
        .putObject("scan")
        .put("status", "warned")
        .putArray("findings")
        .add("a.pkl runs os.system.");
    registry.answers("GET /models/llama2-7b", Examples.model());
    registry.lists("GET /models/llama2-7b/versions", version);

    String out = shell.run("status", "llama2-7b").out();
    String wide = shell.run("status", "llama2-7b", "-o", "csv").out();

    assertThat(out)
        .contains("signature valid, key abcdef0", "scan      warned: a.pkl runs os.system.")
        .contains("upstream  not checked, method sigstore: Only keys are checked here.");
    assertThat(wide.lines().toList().getFirst()).endsWith("REVISION,SIGNATURE,SCAN,UPSTREAM");
    assertThat(wide.lines().toList().getLast()).endsWith(",valid,warned,not-checked");
  }

  @Test
  void an_update_that_waits_is_said_in_the_overview_in_the_list_and_for_its_model() {
    ObjectNode status = Examples.status();
    ((ObjectNode) status.path("models")).put("updatesWaiting", 1);
    ObjectNode model = Examples.model();
    model
        .putObject("newer")
        .put("commit", "9f2c1d0a00000000000000000000000000000000")
        .put("seenAt", "2026-11-23T09:00:00.000Z")
        .put("waits", true);
    registry.answers("GET /status", status);
    registry.lists("GET /models", model);
    registry.answers("GET /models/llama2-7b", model);
    registry.lists("GET /models/llama2-7b/versions", Examples.version());

    assertThat(shell.run("status").out()).contains("1 update waits for your yes: update");
    assertThat(shell.run("list").out()).contains("active, update waits");
    assertThat(shell.run("status", "llama2-7b").out())
        .contains("9f2c1d0, seen ", "; waits for your yes:  depot update llama2-7b --yes");
    String csv = shell.run("list", "-o", "csv").out();
    assertThat(csv.lines().toList().getFirst())
        .endsWith("SIGNATURE,UPSTREAM,SCAN,NEWER,LAST_USED_AT");
    assertThat(csv.lines().toList().getLast())
        .contains(",active,")
        .endsWith(
            ",valid,none,clean,9f2c1d0a00000000000000000000000000000000,2026-11-23T11:40:00.000Z");
  }

  @Test
  void an_archived_version_shows_what_it_saves() {
    ObjectNode version = Examples.version();
    version.put("state", "archived").put("current", false);
    version.put("presentBytes", version.path("sizeBytes").asLong() * 2 / 3);
    registry.answers("GET /models/llama2-7b", Examples.model());
    registry.lists("GET /models/llama2-7b/versions", version);

    assertThat(shell.run("status", "llama2-7b").out()).contains("archived, saves 4.5 GB (33 %)");
  }

  @Test
  void one_model_shows_why_its_last_download_failed_and_what_would_help() {
    ObjectNode model = Examples.model();
    model.putObject("download").put("id", "r-1").put("state", "failed");
    registry.answers("GET /models/llama2-7b", model);
    registry.lists("GET /models/llama2-7b/versions");
    ObjectNode job = Json.object().put("id", "r-1").put("state", "failed");
    ObjectNode problem =
        job.putObject("problem")
            .put("code", "gated")
            .put("title", "The repository is gated")
            .put("detail", "Accept the licence at the hub first.");
    problem.putArray("remedies").addObject().put("say", "Set HF_TOKEN");
    registry.answers("GET /downloads/r-1", job);

    assertThat(shell.run("status", "llama2-7b").out())
        .contains("r-1 failed")
        .contains("error: llama2-7b: the repository is gated   gated")
        .contains("  Accept the licence at the hub first.", "Try:  Set HF_TOKEN");
  }

  @Test
  void a_wish_is_a_merge_patch_under_the_etag_that_was_read() {
    registry.answers("GET /models/phi-2", Examples.model());
    registry.answers("PATCH /models/phi-2", Examples.model());

    Shell.Ran ran = shell.run("activate", "phi-2");

    RegistryServer.Asked patch = registry.asked("PATCH", "/models/phi-2");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEqualTo("phi-2 active\n");
    assertThat(patch.headers()).containsEntry("if-match", "\"7\"");
    assertThat(patch.headers()).containsEntry("content-type", "application/merge-patch+json");
    assertThat(patch.body()).isEqualTo("{\"active\":true}");
  }

  @Test
  void a_wish_that_met_a_faster_one_is_made_once_more() {
    ObjectNode changed =
        Json.object().put("code", "precondition-failed").put("status", 412).put("title", "Changed");
    registry.answers("GET /models/phi-2", Examples.model());
    registry.answers("PATCH /models/phi-2", 412, changed);
    registry.answers("PATCH /models/phi-2", Examples.model());

    assertThat(shell.run("deactivate", "phi-2").exit()).isZero();
  }

  @Test
  void a_pin_without_a_commit_is_to_the_current_one_and_unpin_says_null() {
    registry.answers("GET /models/llama2-7b", Examples.model());
    registry.answers("PATCH /models/llama2-7b", Examples.model());

    assertThat(shell.run("pin", "llama2-7b").exit()).isZero();
    assertThat(registry.asked("PATCH", "/models/llama2-7b").body())
        .isEqualTo("{\"pin\":\"01c7f73d771dfac7d292323805ebc428287df4f9\"}");

    registry.asked().clear();
    shell.run("unpin", "llama2-7b");
    assertThat(registry.asked("PATCH", "/models/llama2-7b").body()).isEqualTo("{\"pin\":null}");
  }

  @Test
  void where_a_model_is_to_be_is_wished_in_four_ways() {
    registry.answers("GET /models/llama2-7b", Examples.model());
    registry.answers("PATCH /models/llama2-7b", Examples.model());
    Map<String, String> wishes =
        Map.of(
            "--copies 2", "{\"spread\":{\"policy\":\"copies\",\"copies\":2}}",
            "--all", "{\"spread\":{\"policy\":\"all\",\"copies\":null}}",
            "--near-gpus", "{\"spread\":{\"policy\":\"near\",\"copies\":1}}",
            "--at north,south", "{\"locations\":[\"north\",\"south\"],\"spread\":null}");

    wishes.forEach(
        (typed, body) -> {
          registry.asked().clear();
          assertThat(shell.run(("spread llama2-7b " + typed).split(" ")).exit()).isZero();
          assertThat(registry.asked("PATCH", "/models/llama2-7b").body()).isEqualTo(body);
        });
    assertThat(shell.run("spread", "llama2-7b").exit()).isEqualTo(2);
    assertThat(shell.run("spread", "llama2-7b", "--all", "--copies", "2").exit()).isEqualTo(2);
  }

  @Test
  void several_names_end_in_the_code_they_share_or_in_3() {
    registry.answers("GET /models/phi-2", Examples.model());
    registry.answers("PATCH /models/phi-2", Examples.model());

    assertThat(shell.run("activate", "no-1", "no-2").exit()).isEqualTo(4);
    assertThat(shell.run("activate", "phi-2", "no-2").exit()).isEqualTo(3);
  }

  @Test
  void the_audit_trail_is_a_question_with_verify() {
    ObjectNode broken = Json.object().put("intact", false).put("records", 42);
    broken.putObject("firstBroken").put("seq", 17).put("reason", "the hash is another");
    registry.lists("GET /audit", Examples.audit());
    registry.answers("GET /audit/verify", broken);

    assertThat(shell.run("audit").out())
        .contains("download.requested", "model/llama2-7b", "2026-11-23T09:00:00Z");
    Shell.Ran ran = shell.run("audit", "--verify");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("record 17: the hash is another");
  }

  @Test
  void events_are_sentences_or_json_lines() {
    ObjectNode removed =
        Json.object()
            .put("model", "phi-2")
            .put("at", "2026-11-23T09:00:00.000Z")
            .put("reason", "command")
            .put("freedBytes", 5_600_000_000L);
    registry.event("model-removed", "a", removed).endOfStream();

    assertThat(shell.run("events", "-n", "1").out())
        .isEqualTo("2026-11-23T09:00:00Z  model-removed         phi-2 removed (command), 5.6 GB\n");
    registry.event("model-removed", "b", removed).endOfStream();
    assertThat(
            Json.read(
                    shell
                        .run(
                            "events",
                            "-n",
                            "1",
                            "--json",
                            "--topic",
                            "model-removed,x",
                            "--model",
                            "phi-2")
                        .out())
                .path("data"))
        .isEqualTo(removed);
    assertThat(registry.asked().getLast().query()).isEqualTo("topic=model-removed%2Cx&model=phi-2");
  }

  @Test
  void downloads_can_be_narrowed_to_running_ones() {
    ObjectNode running = Examples.download().put("id", "r-9").put("state", "transferring");
    registry.lists("GET /downloads", Examples.download(), running);

    assertThat(shell.run("downloads", "-q").out().lines()).hasSize(2);
    assertThat(shell.run("downloads", "--running", "-q").out()).isEqualTo("r-9\n");
    assertThat(registry.asked().getLast().query().split("&"))
        .contains("state=requested", "state=transferring", "state=joined", "limit=50")
        .doesNotContain("state=done", "state=failed", "state=unknown");
  }

  @Test
  void an_import_makes_an_unknown_model_and_asks_the_downloader_to_take_it_in()
      throws java.io.IOException {
    java.nio.file.Files.writeString(home.resolve("config.json"), "{\"model_type\":\"Phi MoE\"}");
    registry.answers("PUT /models/mine", 201, Examples.model());
    registry.answers("POST /downloads", 202, Examples.download().put("state", "done"));

    Shell.Ran ran = shell.run("import", home.toString(), "--name", "mine");

    assertThat(ran.exit()).isZero();
    assertThat(Json.read(registry.asked("PUT", "/models/mine").body()).path("family").asText())
        .isEqualTo("phi-moe");
    assertThat(registry.asked("PUT", "/models/mine").headers()).containsEntry("if-none-match", "*");
    assertThat(Json.read(registry.asked("POST", "/downloads").body()))
        .isEqualTo(
            Json.object()
                .put("model", "mine")
                .put("source", "import")
                .put("from", home.toString()));
    assertThat(ran.err()).contains("downloader takes it in");
  }

  @Test
  void a_model_that_is_planned_for_no_gpu_needs_attention() {
    registry.answers("GET /status", Json.object().put("state", "ok"));
    ObjectNode placements = Json.object();
    placements.putArray("items").addObject().put("model", "phi-2").put("state", "unplaced");
    placements.withArray("items").addObject().put("model", "qwen-7b").put("state", "placed");
    registry.answers("GET /placements", placements);

    Shell.Ran ran = shell.run("status", "--exit-code");

    assertThat(ran.out()).startsWith("1 needs attention\n  ! phi-2 is planned for no GPU.");
    assertThat(ran.out()).contains("explain phi-2").doesNotContain("qwen-7b");
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void explain_knows_every_code_offline_and_none_else() {
    assertThat(shell.run("explain", "gated").out()).contains("Exit code 5", "depot download NAME");
    Shell alone = new Shell(home).with("DEPOT_URL", "http://127.0.0.1:1");
    assertThat(alone.run("explain", "gated").out()).contains("Exit code 5");
    ArrayNode all = (ArrayNode) Json.read(shell.run("explain", "--json").out());
    assertThat(all).hasSizeGreaterThan(30);
    assertThat(registry.asked())
        .as("whether a model is named so, and nothing else")
        .extracting(RegistryServer.Asked::path)
        .containsExactly("/models/gated");
    assertThat(shell.run("explain", "nothing").exit()).isEqualTo(4);
  }

  @Test
  void config_shows_where_each_value_came_from() {
    String out = shell.run("config", "show", "--origin").out();

    assertThat(out).contains("environment DEPOT_URL", "/opt/ai-models");
  }
}
