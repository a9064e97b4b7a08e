package io.modeldepot.janitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // made before each test
class ArchiveTest extends House {
  private Shelves shelves;

  @BeforeEach
  void fill() {
    shelves = new Shelves(store);
  }

  @Test
  void whatNobodyUsesIsPackedAndComesBackVerifiedWithNothingButTheArchive() throws IOException {
    ModelName model = ModelName.of("packed");
    CommitId old = shelves.publish("packed", 1, 11, Instant.now());
    CommitId current = shelves.publish("packed", 2, 12, Instant.now());

    ask("{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"packed\",\"requestId\":\"pack\"}");
    Ear.Heard done = ended("pack");

    assertThat(done.text("/state")).as("%s", done).isEqualTo("done");
    assertThat(done.text("/kind")).isEqualTo("archive");
    assertThat(done.value().orElseThrow().at("/result/archived")).hasSize(2);
    assertThat(done.text("/result/models/0")).isEqualTo("packed");
    assertThat(store.versions().commits(model)).isEmpty();
    assertThat(root.resolve("models/testing/packed")).doesNotExist();
    assertThat(store.archive().shelf().commits(model)).containsExactlyInAnyOrder(old, current);
    forgetEverythingElse();

    ask(
        "{\"scope\":\"model\",\"action\":\"unarchive\",\"model\":\"packed\",\"requestId\":\"out\"}");
    Ear.Heard back = ended("out");

    assertThat(back.text("/state")).as("%s", back).isEqualTo("done");
    assertThat(back.value().orElseThrow().at("/result/restored")).hasSize(2);
    assertThat(store.versions().commits(model)).containsExactlyInAnyOrder(old, current);
    assertThat(store.versions().current(model).flatMap(Current::commit)).contains(current);
    assertThat(store.archive().shelf().commits(model)).isEmpty();
    assertThat(root.resolve("models/testing/packed/model.safetensors")).exists();
    assertThat(store.invariants().brokenAtAnyMoment()).isEmpty();
  }

  @Test
  void whatSomebodyUsesIsRefusedAndADryRunChangesNothing() throws IOException {
    CommitId commit = shelves.publish("leased", 1, 21, Instant.now());
    ask(
        "{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"leased\",\"dryRun\":true,"
            + "\"requestId\":\"look-first\"}");
    Ear.Heard planned = ended("look-first");
    publish(
        Topics.MODEL_USED,
        "default/leased/" + commit + "/lease/an app",
        new ModelUsed(
            LocationName.of("default"),
            ModelName.of("leased"),
            commit,
            "an app",
            UseKind.LEASE,
            Optional.of(Instant.now().plusSeconds(600)),
            Instant.now()));

    ask("{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"leased\",\"requestId\":\"no\"}");
    Ear.Heard refused = ended("no");

    assertThat(planned.text("/state")).isEqualTo("planned");
    assertThat(planned.number("/result/totalBytes")).isGreaterThan(3 << 20);
    assertThat(refused.text("/state")).isEqualTo("failed");
    assertThat(refused.text("/problem/code")).isEqualTo("in-use");
    assertThat(refused.text("/problem/detail")).contains("leased by an app");
    assertThat(store.versions().commits(ModelName.of("leased"))).containsExactly(commit);
    assertThat(store.archive().shelf().commits(ModelName.of("leased"))).isEmpty();
  }

  @Test
  void aDamagedArchiveIsNotBroughtBackAndSaysSo() throws IOException {
    ModelName model = ModelName.of("rotten");
    CommitId commit = shelves.publish("rotten", 1, 31, Instant.now());
    ask("{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"rotten\",\"requestId\":\"away\"}");
    assertThat(ended("away").text("/state")).isEqualTo("done");
    Path frames = store.archive().shelf().place(model, commit).resolve("frames");
    byte[] bytes = Files.readAllBytes(frames);
    bytes[bytes.length / 2] ^= 1;
    Files.setPosixFilePermissions(frames, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(frames, bytes);

    ask(
        "{\"scope\":\"model\",\"action\":\"unarchive\",\"model\":\"rotten\",\"requestId\":\"try\"}");
    Ear.Heard refused = ended("try");

    assertThat(refused.text("/state")).isEqualTo("failed");
    assertThat(refused.text("/problem/code")).isEqualTo("checksum-mismatch");
    assertThat(store.versions().commits(model)).isEmpty();
    assertThat(store.archive().shelf().commits(model)).containsExactly(commit);
    // The version itself is in the trash still.
    ask("{\"scope\":\"trash\",\"action\":\"undo\",\"trash\":\"away\",\"requestId\":\"undo-it\"}");
    assertThat(ended("undo-it").text("/state")).isEqualTo("done");
    assertThat(store.versions().commits(model)).containsExactly(commit);
    DirectoryTree.remove(new LinuxCalls(), store.archive().shelf().place(model, commit));
  }

  @Test
  void theScrubReadsTheArchiveTooAndTellsWhatIsDamaged() throws IOException {
    ModelName model = ModelName.of("weathered");
    CommitId commit = shelves.publish("weathered", 71, 71, Instant.now());
    ask(
        "{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"weathered\","
            + "\"requestId\":\"weather-away\"}");
    assertThat(ended("weather-away").text("/state")).isEqualTo("done");
    Path frames = store.archive().shelf().place(model, commit).resolve("frames");
    byte[] bytes = Files.readAllBytes(frames);
    bytes[bytes.length / 2] ^= 1;
    Files.setPosixFilePermissions(frames, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(frames, bytes);
    lastRead(model, commit, Instant.now().minus(Duration.ofDays(8)));

    Ear.Heard fact = ear.await("model-corrupted", it -> it.text("/model").equals("weathered"));
    ask(
        "{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"weathered\","
            + "\"requestId\":\"weather-check\"}");
    Ear.Heard checked = ended("weather-check");

    assertThat(fact.text("/foundBy")).isEqualTo("scrub");
    assertThat(fact.text("/path")).isEqualTo("model.safetensors");
    assertThat(fact.text("/repair")).isEqualTo("none");
    assertThat(checked.text("/state")).as("%s", checked).isEqualTo("done");
    assertThat(checked.number("/result/damaged")).isEqualTo(1);
    assertThat(checked.text("/result/findings/0/say")).contains("in the archive");
    assertThat(checked.value().orElseThrow().at("/result/repair").asBoolean())
        .as("no download repairs an archive")
        .isFalse();
    DirectoryTree.remove(new LinuxCalls(), store.archive().shelf().place(model, commit));
  }

  /** As if the janitor had read it then. */
  private void lastRead(ModelName model, CommitId commit, Instant when) throws IOException {
    String json =
        "{\"format\":1,\"archives\":{\"%s/%s\":{\"checkedAt\":\"%s\",\"damaged\":false}}}"
            .formatted(model, commit, Wire.time(when));
    store
        .notes("checks-of-archives")
        .write("archives", json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void whatCannotBeReadInTheArchiveIsNamedAndTheRestComesBack() throws IOException {
    ModelName model = ModelName.of("half");
    CommitId bad = shelves.publish("half", 1, 61, Instant.now());
    CommitId good = shelves.publish("half", 2, 62, Instant.now());
    ask(
        "{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"half\",\"requestId\":\"half-away\"}");
    assertThat(ended("half-away").text("/state")).isEqualTo("done");
    Path manifest = store.archive().shelf().place(model, bad).resolve("manifest.json");
    byte[] bytes = Files.readAllBytes(manifest);
    // A letter of a name: what it says reads as well as before.
    bytes[new String(bytes, java.nio.charset.StandardCharsets.UTF_8).indexOf("testing")] ^= 1;
    Files.setPosixFilePermissions(manifest, PosixFilePermissions.fromString("rw-r--r--"));
    Files.write(manifest, bytes);

    ask(
        "{\"scope\":\"model\",\"action\":\"unarchive\",\"model\":\"half\",\"requestId\":\"half-back\"}");
    Ear.Heard end = ended("half-back");

    assertThat(end.text("/state")).isEqualTo("failed");
    assertThat(end.text("/problem/code")).isEqualTo("checksum-mismatch");
    assertThat(end.text("/problem/detail")).contains(bad.value());
    assertThat(end.text("/result/restored/0/commit")).isEqualTo(good.value());
    assertThat(end.text("/result/kept/0/commit")).isEqualTo(bad.value());
    assertThat(store.versions().commits(model)).containsExactly(good);
    assertThat(store.archive().shelf().commits(model)).containsExactly(bad);
    DirectoryTree.remove(new LinuxCalls(), store.archive().shelf().place(model, bad));
  }

  @Test
  void aCleanupOfEverythingLeavesTheArchiveAlone() throws IOException {
    ModelName model = ModelName.of("shelved");
    CommitId commit = shelves.publish("shelved", 1, 41, Instant.now());
    ask("{\"scope\":\"model\",\"action\":\"archive\",\"model\":\"shelved\",\"requestId\":\"put\"}");
    assertThat(ended("put").text("/state")).isEqualTo("done");

    ask("{\"scope\":\"all\",\"requestId\":\"clean-all\"}");
    ask("{\"scope\":\"foreign\",\"requestId\":\"clean-foreign\"}");

    for (String id : new String[] {"clean-all", "clean-foreign"}) {
      Ear.Heard done = ended(id);
      assertThat(done.text("/state")).isEqualTo("done");
      for (JsonNode row : done.value().orElseThrow().at("/result/removed")) {
        assertThat(row.path("what").asText()).doesNotContain("archive");
      }
    }
    assertThat(store.archive().shelf().find(model, commit)).isPresent();
    store.archive().shelf().verify(store.archive().shelf().of(model).getFirst(), bytes -> {});
    assertThat(store.accounts().report(java.util.List.of()).archiveBytes()).isGreaterThan(3 << 20);
  }

  /** The cache and the trash: what comes back then comes out of the archive. */
  private void forgetEverythingElse() throws IOException {
    for (Path gone : new Path[] {store.layout().blobs(), store.layout().trash()}) {
      DirectoryTree.remove(new LinuxCalls(), gone);
      Files.createDirectory(gone);
    }
  }
}
