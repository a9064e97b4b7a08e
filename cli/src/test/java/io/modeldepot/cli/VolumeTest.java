package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.fixture.Examples;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.retire.Archive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works on a real volume with nothing running. */
class VolumeTest {
  private static final int LARGE = 3 << 20;
  private static final int STRANGER = 12345;

  @TempDir Path home;
  private Shell shell = new Shell(Path.of("/"));
  private Path volume = Path.of("/");

  @BeforeEach
  void given() {
    volume = home.resolve("models-dir");
    shell =
        new Shell(home)
            .with("MODELS_DIR", volume.toString())
            .with("DEPOT_URL", "http://127.0.0.1:9");
  }

  @Test
  void setup_makes_a_volume_and_again_changes_nothing() throws IOException {
    Shell.Ran first = shell.run("setup");
    byte[] description = Files.readAllBytes(volume.resolve(".depot/volume.json"));
    Shell.Ran second = shell.run("setup");

    assertThat(first.exit()).isZero();
    assertThat(first.out())
        .contains("created, owner", "0755", "made, ", "location default", "no-hub-token");
    assertThat(first.err()).contains("Next:  make up");
    assertThat(second.exit()).isZero();
    assertThat(second.out()).contains("all there", "was there, ");
    assertThat(Files.readAllBytes(volume.resolve(".depot/volume.json"))).isEqualTo(description);
  }

  @Test
  void setup_of_another_location_is_refused() {
    shell.run("setup", "--location", "berlin");

    Shell.Ran ran = shell.run("setup", "--location", "tokyo");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains("berlin", "tokyo");
  }

  @Test
  void setup_where_nothing_may_be_written_says_what_to_do() throws IOException {
    Files.writeString(home.resolve("file"), "not a directory");

    Shell.Ran ran = shell.run("setup", "--models-dir", "/proc/nowhere/models");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains("/proc/nowhere/models", "Try:");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void a_directory_that_is_no_volume_is_told_with_its_origin_and_the_fix() {
    Shell.Ran ran = shell.run("path", "phi-2");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains(volume.toString(), "environment MODELS_DIR", "depot setup");
  }

  @Test
  void an_imported_tree_is_a_verified_version_whose_path_a_script_can_use() throws IOException {
    imported("mine");

    Shell.Ran path = shell.run("path", "mine");

    assertThat(path.exit()).isZero();
    assertThat(path.out()).hasLineCount(1).startsWith(volume.resolve("versions/mine/").toString());
    assertThat(Path.of(path.out().strip()).resolve("model.safetensors")).hasSize(LARGE);
    assertThat(path.err()).isEmpty();
    assertThat(shell.run("verify").exit()).isZero();
    assertThat(volume.resolve("models/phi/mine/config.json")).exists();
  }

  @Test
  void an_import_says_that_it_was_done_here_because_nothing_runs() throws IOException {
    Shell.Ran ran = imported("mine");

    assertThat(ran.out()).matches("mine [0-9a-f]{7} 2 files, 3\\.1 MB, verified by self\\n");
    assertThat(ran.err()).contains("No depot is running", "on the volume");
  }

  @Test
  void importing_the_same_tree_twice_is_importing_it_once() throws IOException {
    String first = imported("mine").out();

    assertThat(imported("mine").out()).isEqualTo(first);
  }

  @Test
  void a_family_that_nothing_tells_is_asked_for() throws IOException {
    shell.run("setup");
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("weights.bin"), "x");

    Shell.Ran ran = shell.run("import", tree.toString(), "--name", "mine");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--family FAMILY");
  }

  @Test
  void a_version_can_be_named_by_the_beginning_of_its_commit() throws IOException {
    imported("mine");
    String commit = Json.read(shell.run("path", "mine", "--json").out()).path("commit").asText();

    assertThat(shell.run("path", "mine@" + commit.substring(0, 6)).exit()).isZero();
    assertThat(shell.run("path", "mine@ffffffff").exit()).isEqualTo(4);
    assertThat(shell.run("path", "nothing").exit()).isEqualTo(4);
    assertThat(shell.run("path", "../etc").exit()).isEqualTo(2);
  }

  @Test
  void one_flipped_bit_is_found_named_and_answered_with_1() throws IOException {
    imported("mine");
    flip(published("model.safetensors"), LARGE - 7);

    Shell.Ran ran = shell.run("verify", "mine");
    JsonNode machine = Json.read(shell.run("verify", "--json").out());

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("damaged", "model.safetensors: altered: sha256 is ");
    assertThat(ran.err()).contains("depot download mine --force");
    assertThat(machine.path("exit").asInt()).isEqualTo(1);
    assertThat(machine.path("versions").path(0).path("findings").path(0).path("kind").asText())
        .isEqualTo("altered");
  }

  @Test
  void a_missing_file_is_found_by_a_quick_look_and_makes_path_refuse() throws IOException {
    imported("mine");
    Files.delete(published("config.json"));

    assertThat(shell.run("verify", "--quick").exit()).isEqualTo(1);
    Shell.Ran path = shell.run("path", "mine");
    assertThat(path.exit()).isEqualTo(7);
    assertThat(path.out()).isEmpty();
    assertThat(path.err()).contains("config.json: missing");
  }

  @Test
  void a_version_that_was_found_damaged_is_not_given_away() throws IOException {
    imported("mine");
    CommitId commit =
        CommitId.of(Json.read(shell.run("path", "mine", "--json").out()).path("commit").asText());
    ModelStore.open(volume)
        .damageMarks()
        .add(ModelName.of("mine"), commit, List.of("model.safetensors"));

    Shell.Ran ran = shell.run("path", "mine");

    assertThat(ran.exit()).isEqualTo(7);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("model.safetensors", "damaged", "verify mine --repair");
  }

  @Test
  void doctor_finds_a_writable_file_and_fixes_it_when_told() throws IOException {
    imported("mine");
    Files.setPosixFilePermissions(
        published("config.json"), PosixFilePermissions.fromString("rw-r--r--"));

    Shell.Ran found = shell.run("doctor", "--only", "store");
    Shell.Ran fixed = shell.run("doctor", "--fix", "wrong-mode");

    assertThat(found.exit()).isEqualTo(1);
    assertThat(found.out())
        .contains(
            "1 published file can be written to",
            "config.json",
            "wrong-mode",
            "fix: depot doctor --fix wrong-mode");
    assertThat(fixed.out()).contains("1 file is read-only now");
    assertThat(shell.run("doctor", "--only", "store").exit()).isZero();
  }

  @Test
  void doctor_finds_a_view_that_was_moved_away_and_makes_it_again() throws IOException {
    imported("mine");
    Files.move(volume.resolve("models/phi/mine"), home.resolve("moved"));

    assertThat(shell.run("doctor", "--only", "store").out())
        .contains("does not show the current version of [mine]");
    assertThat(shell.run("doctor", "--fix", "views").out()).contains("made again for [mine]");
    assertThat(volume.resolve("models/phi/mine/config.json")).exists();
  }

  @Test
  void doctor_without_a_depot_is_1_and_with_a_sound_one_0() throws IOException {
    shell.run("setup");
    assertThat(shell.run("doctor").exit()).isEqualTo(1);

    try (RegistryServer registry = new RegistryServer()) {
      var status = Examples.status().put("at", Shell.NOW.plusMillis(300).toString());
      registry.answers("GET /status", status);
      registry.answers("GET /audit/verify", Json.object().put("intact", true).put("records", 42));

      Shell.Ran ran = shell.on(registry).run("doctor");

      assertThat(ran.exit()).as(ran.out()).isZero();
      assertThat(ran.out())
          .contains(
              "✓ clock     0.3 s from the registry's",
              "✓ kafka     connected\n",
              "✓ database  audit trail whole, 42 records");
    }
  }

  @Test
  void doctor_asks_the_hub_of_the_depot_here_and_says_whose_setting_that_is() throws IOException {
    try (RegistryServer hub = new RegistryServer()) {
      Path data = Files.createDirectories(home.resolve("data"));
      Files.writeString(data.resolve("last.json"), "{\"hubUrl\":\"" + hub.url() + "\"}");
      shell.with("DEPOT_DATA", data.toString());

      String here = shell.run("doctor", "--only", "hub").out();
      String told = shell.with("HF_ENDPOINT", hub.url()).run("doctor", "--only", "hub").out();

      assertThat(here)
          .contains("127.0.0.1 answers (the address comes from: " + data.resolve("last.json"));
      assertThat(told).contains("answers (the address comes from: environment HF_ENDPOINT)");
    }
  }

  @Test
  void a_bundle_holds_no_secret_and_only_its_owner_can_read_it() throws IOException {
    shell.run("setup");
    String secret = "hf_" + "abcdefghijklmnop";
    Files.writeString(
        volume.resolve("downloads/r-1.json"),
        "{\"token\":\""
            + secret
            + "\",\"url\":\"https://u:pw@hub/x?X-Amz-Signature=sig\",\"note\":\"Bearer "
            + secret
            + "\"}");
    Path bundle = home.resolve("report.tgz");

    shell.with("HF_TOKEN", secret).run("doctor", "--bundle", bundle.toString());

    String content = unpacked(bundle);
    assertThat(content)
        .contains(
            "ustar",
            "model-depot/doctor.json",
            "model-depot/downloads/r-1.json",
            "\"HF_TOKEN\" : true");
    assertThat(content).doesNotContain(secret, "u:pw", "X-Amz-Signature");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_bundle_has_the_ends_of_the_services_logs_without_secrets() throws IOException {
    shell.run("setup");
    String secret = "hf_" + "abcdefghijklmnop";
    Path logs = Files.createDirectories(home.resolve("data/logs"));
    Files.writeString(
        logs.resolve("downloader.log"),
        "x".repeat(1 << 20) + " cut " + secret + "\nGET https://hub/x?X-Amz-Signature=sig\nlast\n");
    shell.with("DEPOT_DATA", home.resolve("data").toString());

    shell.run("doctor", "--bundle", "report.tgz");

    assertThat(unpacked(home.resolve("report.tgz")))
        .contains("model-depot/logs/downloader.log", "GET https://hub/x?(removed)\nlast\n")
        .doesNotContain(secret, "X-Amz-Signature", "xxxx");
  }

  @Test
  void a_bundle_without_logs_says_where_else_they_are() throws IOException {
    shell.with("DEPOT_DATA", home.resolve("nothing").toString()).run("setup");

    shell.run("doctor", "--bundle", "report.tgz");

    assertThat(unpacked(home.resolve("report.tgz")))
        .contains("model-depot/logs/none.txt", "docker compose logs, kubectl logs");
  }

  @Test
  void a_bundle_can_be_read_by_tar() throws Exception {
    shell.run("setup");
    shell.run("doctor", "--bundle", "report.tgz");

    Process tar =
        new ProcessBuilder("tar", "-tzf", home.resolve("report.tgz").toString())
            .redirectErrorStream(true)
            .start();
    List<String> names = tar.inputReader().lines().toList();

    assertThat(tar.waitFor()).as(names.toString()).isZero();
    assertThat(names)
        .contains("model-depot/doctor.json", "model-depot/system.json", "model-depot/volume.json");
  }

  @Test
  void on_another_users_volume_nothing_is_made_and_the_owner_is_named() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    imported("mine");
    Files.setAttribute(volume.resolve(".depot"), "unix:uid", STRANGER);
    String tree = home.resolve("tree").toString();

    Shell.Ran taken = shell.run("import", tree, "--name", "theirs", "--offline");

    assertThat(taken.exit()).isEqualTo(9);
    assertThat(taken.err()).contains("sudo -u '#" + STRANGER + "' depot");
    assertThat(volume.resolve("versions/theirs")).doesNotExist();
    assertThat(shell.run("doctor", "--fix", "views").exit()).isEqualTo(9);
    assertThat(shell.run("doctor", "--fix", "wrong-mode").exit()).isEqualTo(9);
    assertThat(shell.run("setup").exit()).isEqualTo(9);
  }

  @Test
  void doctor_finds_what_another_user_left_under_a_model_or_in_its_claim() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    imported("mine");
    Files.setAttribute(volume.resolve("versions/mine/.claim/free"), "unix:uid", STRANGER);

    Shell.Ran claim = shell.run("doctor", "--only", "store");
    Files.setAttribute(volume.resolve("versions/mine/.claim/free"), "unix:uid", 0);
    Files.setAttribute(volume.resolve("versions/mine"), "unix:uid", STRANGER);
    Shell.Ran model = shell.run("doctor", "--only", "store");

    assertThat(claim.exit()).isEqualTo(1);
    assertThat(claim.out()).contains("of another owner", "[versions/mine/.claim/free]", "chown");
    assertThat(model.exit()).isEqualTo(1);
    assertThat(model.out()).contains("[versions/mine]");
  }

  @Test
  void a_current_version_without_a_manifest_is_a_finding_and_not_a_clean_volume()
      throws IOException {
    imported("mine");
    String commit = commit("mine");
    Files.delete(volume.resolve("versions/mine/" + commit + ".json"));

    Shell.Ran all = shell.run("verify");
    Shell.Ran machine = shell.run("verify", "mine", "--json");

    assertThat(all.exit()).isEqualTo(1);
    assertThat(all.out())
        .contains("mine@" + commit.substring(0, 7), "versions/mine/" + commit + ".json: missing");
    assertThat(all.err()).contains("depot download mine --force");
    assertThat(machine.exit()).isEqualTo(1);
    assertThat(Json.read(machine.out()).path("versions").path(0).path("commit").asText())
        .isEqualTo(commit);
    assertThat(shell.run("path", "mine").exit()).isEqualTo(7);
    assertThat(shell.run("doctor", "--only", "store").out())
        .contains("fix: depot download mine --force");
  }

  @Test
  void one_unreadable_manifest_is_a_finding_and_the_rest_is_verified() throws IOException {
    imported("mine");
    imported("yours");
    Path manifest = volume.resolve("versions/mine/" + commit("mine") + ".json");
    Files.delete(manifest);
    Files.writeString(manifest, "{\"model\":");

    Shell.Ran ran = shell.run("verify");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains(manifest.getFileName() + ": cannot be read", "yours@", "ok");
    assertThat(shell.run("verify", "yours").exit()).isZero();
    assertThat(shell.run("doctor", "--only", "store").out())
        .contains("fix: depot download mine --force", "free of");
  }

  @Test
  void an_unreadable_current_json_is_a_finding_of_its_model() throws IOException {
    imported("mine");
    Path current = volume.resolve("versions/mine/current.json");
    Files.delete(current);
    Files.writeString(current, "no JSON");

    Shell.Ran ran = shell.run("verify");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out()).contains("versions/mine/current.json: cannot be read", "  ok  ");
  }

  @Test
  void an_export_is_imported_on_another_volume_as_the_same_version() throws IOException {
    imported("mine");
    String commit = commit("mine");
    String archive = home.resolve("depot.tar.gz").toString();
    assertThat(shell.run("export", archive).exit()).isZero();
    shell.with("MODELS_DIR", home.resolve("other").toString()).run("setup");

    Shell.Ran ran = shell.run("import", archive);

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("mine " + commit.substring(0, 7) + " imported, new, 3.1 MB\n");
    assertThat(commit("mine")).isEqualTo(commit);
    assertThat(shell.run("verify").exit()).isZero();
  }

  @Test
  void a_machine_hears_how_far_an_export_and_an_import_are_and_then_the_end() throws IOException {
    imported("mine");
    String archive = home.resolve("depot.tar.gz").toString();

    List<String> export = shell.run("export", archive, "--json").out().lines().toList();
    Shell.Ran silent = shell.run("export", archive + ".tgz", "--progress", "none");
    shell.with("MODELS_DIR", home.resolve("other").toString()).run("setup");
    List<String> taken =
        shell.run("import", archive, "--progress", "json", "--json").out().lines().toList();

    for (List<String> lines : List.of(export, taken)) {
      JsonNode first = Json.read(lines.getFirst());
      assertThat(first.path("kind").asText()).as("%s", lines).isEqualTo("progress");
      assertThat(first.path("totalBytes").asLong()).isPositive();
      assertThat(first.path("doneBytes").asLong()).isBetween(1L, first.path("totalBytes").asLong());
      assertThat(Json.read(lines.getLast()).path("kind").asText()).isEqualTo("summary");
    }
    assertThat(Json.read(export.getFirst()).path("work").asText()).isEqualTo("export");
    assertThat(silent.out()).hasLineCount(1);
    assertThat(silent.err()).isEmpty();
    assertThat(shell.run("import", archive, "--progress", "loud").exit()).isEqualTo(2);
  }

  @Test
  void what_lies_in_the_archive_is_verified_too() throws Exception {
    imported("mine");
    CommitId commit = CommitId.of(commit("mine"));
    Path frames = archived(ModelName.of("mine"), commit).resolve("frames");

    Shell.Ran whole = shell.run("verify", "mine");
    flip(frames, Files.size(frames) / 2);
    Shell.Ran quick = shell.run("verify", "--quick");
    Shell.Ran damaged = shell.run("verify");
    JsonNode machine = Json.read(shell.run("verify", "mine", "--json").out());

    assertThat(whole.exit()).as(whole.out() + whole.err()).isZero();
    assertThat(whole.out()).contains("mine@" + commit.value().substring(0, 7), "in the archive");
    assertThat(quick.exit()).isZero();
    assertThat(damaged.exit()).isEqualTo(1);
    assertThat(damaged.out()).contains("model.safetensors", "damaged");
    assertThat(damaged.err()).contains("restore latest --model mine@" + commit);
    assertThat(machine.at("/versions/0/archived").asBoolean()).isTrue();
    assertThat(machine.at("/versions/0/findings/0/path").asText()).isEqualTo("model.safetensors");
  }

  private Path archived(ModelName model, CommitId commit) throws Exception {
    ModelStore store = ModelStore.open(volume);
    try (Claims claims = store.claims("test");
        Claim claim = claims.await(store.claimPlace(model), Duration.ofSeconds(5)).orElseThrow()) {
      var taking = new Archive.Taking(RequestId.of("away"), "for a test", Duration.ofDays(3));
      return store.archive().take(claim, model, commit, taking, 0, bytes -> {}).place();
    }
  }

  @Test
  void an_archive_that_is_none_is_refused_with_what_would_help() throws IOException {
    shell.run("setup");
    Path archive = Files.writeString(home.resolve("depot.tar.gz"), "no archive");

    Shell.Ran ran = shell.run("import", archive.toString());

    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err()).contains("depot.tar.gz", "nothing was changed", "export anew");
    assertThat(shell.run("import", archive.toString(), "--name", "mine").exit()).isEqualTo(2);
  }

  @Test
  void a_depot_that_runs_is_asked_to_list_what_an_archive_brought() throws IOException {
    imported("mine");
    String archive = home.resolve("depot.tar.gz").toString();
    shell.run("export", archive);
    try (RegistryServer registry = new RegistryServer()) {
      registry.answers("GET /models/mine", Json.object().put("model", "mine"));
      registry.lists("GET /models/mine/versions", Json.object().put("generation", 41));
      registry.answers("POST /integrity", 202, Json.object().put("id", "r-1"));

      Shell.Ran ran = shell.on(registry).run("import", archive);

      assertThat(ran.exit()).as(ran.err()).isZero();
      JsonNode asked = Json.read(registry.asked("POST", "/integrity").body());
      assertThat(asked.path("model").asText()).isEqualTo("mine");
      assertThat(Files.readString(volume.resolve("versions/mine/current.json"))).contains("42");
    }
  }

  private String commit(String name) {
    return Json.read(shell.run("path", name, "--json").out()).path("commit").asText();
  }

  private Shell.Ran imported(String name) throws IOException {
    shell.run("setup");
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("config.json"), "{\"model_type\":\"phi\"}");
    byte[] weights = new byte[LARGE];
    byte[] header = "{}      ".getBytes(StandardCharsets.UTF_8);
    weights[0] = (byte) header.length;
    System.arraycopy(header, 0, weights, 8, header.length);
    Files.write(tree.resolve("model.safetensors"), weights);
    Shell.Ran ran = shell.run("import", tree.toString(), "--name", name);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran;
  }

  private Path published(String file) throws IOException {
    try (Stream<Path> files = Files.walk(volume.resolve("versions"))) {
      return files.filter(f -> f.getFileName().toString().equals(file)).findFirst().orElseThrow();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 1)).flip();
      channel.write(one, at);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
  }

  private static String unpacked(Path bundle) throws IOException {
    byte[] packed = Files.readAllBytes(bundle);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
