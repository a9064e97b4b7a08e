package io.modeldepot.janitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.journal.Journal;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IntegrityTest extends House {

  @Test
  void whatIsWholeIsSaidToBeWhole() throws IOException {
    CommitId commit = new Shelves(store).publish("whole", 1, 501, Instant.now());

    ask("{\"scope\":\"integrity\",\"action\":\"verify\",\"model\":\"whole\",\"requestId\":\"v1\"}");
    Ear.Heard done = ended("v1");

    assertThat(done.text("/state")).isEqualTo("done");
    assertThat(done.text("/kind")).isEqualTo("scrub");
    assertThat(done.number("/result/versions")).isEqualTo(1);
    assertThat(done.number("/result/damaged")).isZero();
    assertThat(done.number("/result/readBytes")).isGreaterThan(3 << 20);
    Ear.Heard checked = about("model-checked", "whole", commit);
    assertThat(checked.value().orElseThrow().has("findings")).isFalse();
  }

  @Test
  void aFlippedBitIsFoundToldAndItsRepairAskedFor() throws IOException {
    CommitId commit = new Shelves(store).publish("rotten", 2, 502, Instant.now());
    damage(root.resolve("versions/rotten/" + commit + "/model.safetensors"), 2_000_000);

    ask(
        "{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"rotten\",\"requestId\":\"r1\"}");
    Ear.Heard done = ended("r1");

    assertThat(done.number("/result/damaged")).isEqualTo(1);
    assertThat(done.text("/result/findings/0/path")).isEqualTo("model.safetensors");
    Ear.Heard fact = about("model-corrupted", "rotten", commit);
    assertThat(fact.text("/kind")).isEqualTo("bitrot");
    assertThat(fact.text("/repair")).isEqualTo("requested");
    assertThat(fact.number("/badBlocks/0")).isZero();
    Ear.Heard download = ear.await("download-requested", it -> it.text("/model").equals("rotten"));
    assertThat(download.text("/source")).isEqualTo("repair");
    assertThat(download.text("/revision")).isEqualTo(commit.value());
    assertThat(download.text("/include/0")).isEqualTo("model.safetensors");
  }

  @Test
  void theScrubFindsByItselfWhatWasNotReadForAWeek() throws IOException {
    CommitId commit =
        new Shelves(store).publish("old", 3, 503, Instant.now().minus(Duration.ofDays(8)));
    Path file = root.resolve("versions/old/" + commit + "/config.json");
    damage(file, 3);

    Ear.Heard fact = about("model-corrupted", "old", commit);

    assertThat(fact.text("/foundBy")).isEqualTo("scrub");
    assertThat(fact.text("/path")).isEqualTo("config.json");
    assertThat(fact.text("/repair")).isEqualTo("requested");
  }

  @Test
  void whatAHandAlteredIsToldAtTheNextLookAtDatesAndOnce() throws IOException {
    CommitId same = new Shelves(store).publish("a-touched", 4, 504, Instant.now());
    CommitId first = new Shelves(store).publish("b-edited", 5, 505, Instant.now());
    CommitId second = new Shelves(store).publish("c-edited", 6, 506, Instant.now());
    Path edited = root.resolve("versions/b-edited/" + first + "/config.json");
    // Another date and the same bytes; another byte; and later another one.
    aMinuteLater(root.resolve("versions/a-touched/" + same + "/config.json"));
    damage(edited, 3);
    aMinuteLater(edited);

    Ear.Heard fact = about("model-corrupted", "b-edited", first);
    damage(root.resolve("versions/c-edited/" + second + "/model.safetensors"), 5_000);
    aMinuteLater(root.resolve("versions/c-edited/" + second + "/model.safetensors"));
    Ear.Heard next = about("model-corrupted", "c-edited", second);

    assertThat(fact.text("/kind")).isEqualTo("altered");
    assertThat(fact.text("/foundBy")).isEqualTo("scrub");
    assertThat(fact.text("/path")).isEqualTo("config.json");
    assertThat(fact.text("/repair")).isEqualTo("requested");
    assertThat(next.text("/path")).isEqualTo("model.safetensors");
    assertThat(ear.all("model-corrupted", it -> it.text("/commit").equals(first.value())))
        .as("it was looked at again meanwhile")
        .hasSize(1);
    assertThat(ear.all("model-corrupted", it -> it.text("/commit").equals(same.value()))).isEmpty();
  }

  @Test
  void whatCannotBeRepairedGoesToTheQuarantineAndTheRestStays() throws Exception {
    CommitId commit = new Shelves(store).publish("lost", 7, 507, Instant.now());
    Path tree = root.resolve("versions/lost/" + commit);
    flip(tree.resolve("model.safetensors"), 1_000);
    ask("{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"lost\",\"requestId\":\"q1\"}");
    Ear.Heard download = ear.await("download-requested", it -> it.text("/model").equals("lost"));

    theRepairFails(RequestId.of(download.text("/requestId")));
    Ear.Heard fact =
        ear.await(
            "model-corrupted",
            it -> it.text("/commit").equals(commit.value()) && it.text("/repair").equals("none"));

    assertThat(fact.text("/path")).isEqualTo("model.safetensors");
    Path quarantined = root.resolve(fact.text("/quarantine"));
    assertThat(quarantined).exists();
    assertThat(Files.readString(quarantined.resolveSibling("evidence.json")))
        .contains("lost@" + commit.value().substring(0, 7))
        .contains("cannot be repaired");
    assertThat(tree.resolve("model.safetensors")).doesNotExist();
    assertThat(tree.resolve("config.json")).exists();
    assertThat(store.versions().commits(ModelName.of("lost"))).containsExactly(commit);
  }

  @Test
  void whatCannotBeRepairedStaysForWhoeverIsServedByIt() throws Exception {
    CommitId commit = new Shelves(store).publish("served", 8, 508, Instant.now());
    Path file = root.resolve("versions/served/" + commit + "/model.safetensors");
    flip(file, 1_000);
    publish(
        Topics.MODEL_USED,
        "default/served/" + commit + "/lease/an app",
        new ModelUsed(
            LocationName.of("default"),
            ModelName.of("served"),
            commit,
            "an app",
            UseKind.LEASE,
            Optional.of(Instant.now().plusSeconds(600)),
            Instant.now()));
    ask(
        "{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"served\",\"requestId\":\"q2\"}");
    Ear.Heard download = ear.await("download-requested", it -> it.text("/model").equals("served"));

    theRepairFails(RequestId.of(download.text("/requestId")));
    Ear.Heard fact =
        ear.await(
            "model-corrupted",
            it -> it.text("/commit").equals(commit.value()) && it.text("/repair").equals("none"));

    assertThat(fact.value().orElseThrow().at("/servedTo").toString()).contains("leased by an app");
    assertThat(fact.value().orElseThrow().has("quarantine")).isFalse();
    assertThat(file).exists();
    damage(file, 1_000);
    mends.clear();
  }

  @Test
  void aManifestThatCannotBeReadIsToldAndNamedByAVerification() throws IOException {
    CommitId commit = new Shelves(store).publish("unreadable", 9, 509, Instant.now());
    Path manifest = root.resolve("versions/unreadable/" + commit + ".json");
    damage(manifest, 0);

    Ear.Heard fact = about("model-corrupted", "unreadable", commit);
    ask(
        "{\"scope\":\"integrity\",\"action\":\"verify\",\"model\":\"unreadable\",\"requestId\":\"m1\"}");
    Ear.Heard done = ended("m1");

    assertThat(fact.text("/path")).isEqualTo(commit + ".json");
    assertThat(fact.text("/repair")).isEqualTo("none");
    assertThat(done.number("/result/damaged")).isEqualTo(1);
    assertThat(done.text("/result/findings/0/path")).isEqualTo(commit + ".json");
    assertThat(done.text("/result/findings/0/say")).contains("manifest");
  }

  @Test
  void whatTheHubDoesNotHaveAnyMoreComesFromABackup() throws Exception {
    CommitId commit = new Shelves(store).publish("saved", 10, 510, Instant.now());
    Path file = root.resolve("versions/saved/" + commit + "/model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    send("backup-due", null, bytes("{\"model\":\"saved\",\"requestId\":\"s1\"}"), Map.of());
    assertThat(ended("s1").text("/state")).isEqualTo("done");
    flip(file, 1_000);
    ask("{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"saved\",\"requestId\":\"s2\"}");
    Ear.Heard download = ear.await("download-requested", it -> it.text("/model").equals("saved"));

    theRepairFails(RequestId.of(download.text("/requestId")));
    // It is read again once a backup brought it, and is told to be whole.
    Ear.Heard checked =
        ear.await(
            "model-checked",
            it ->
                it.text("/commit").equals(commit.value())
                    && !it.value().orElseThrow().has("findings"));

    assertThat(checked.text("/model")).isEqualTo("saved");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    assertThat(
            ear.all(
                "model-corrupted",
                it ->
                    it.text("/commit").equals(commit.value()) && it.text("/repair").equals("none")))
        .isEmpty();
    nothingIsBrokenOf("saved");
  }

  @Test
  void whatNoHubEverHadComesFromABackupAtOnce() throws Exception {
    CommitId commit =
        new Shelves(store).publish("local", 11, 511, Instant.now(), SourceKind.IMPORT);
    Path file = root.resolve("versions/local/" + commit + "/model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    send("backup-due", null, bytes("{\"model\":\"local\",\"requestId\":\"n1\"}"), Map.of());
    assertThat(ended("n1").text("/state")).isEqualTo("done");
    flip(file, 2_000_000);

    ask("{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"local\",\"requestId\":\"n2\"}");

    assertThat(ended("n2").number("/result/damaged")).isEqualTo(1);
    assertThat(about("model-corrupted", "local", commit).text("/repair")).isEqualTo("requested");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    assertThat(ear.all("download-requested", it -> it.text("/model").equals("local"))).isEmpty();
    nothingIsBrokenOf("local");
  }

  @Test
  void whatNoHubEverHadAndNoBackupHasIsToldAndLeft() throws Exception {
    CommitId commit =
        new Shelves(store).publish("alone", 12, 512, Instant.now(), SourceKind.IMPORT);
    Path file = root.resolve("versions/alone/" + commit + "/config.json");
    damage(file, 3);

    ask("{\"scope\":\"integrity\",\"action\":\"repair\",\"model\":\"alone\",\"requestId\":\"n3\"}");

    assertThat(ended("n3").number("/result/damaged")).isEqualTo(1);
    assertThat(about("model-corrupted", "alone", commit).text("/repair")).isEqualTo("none");
    assertThat(file).exists();
  }

  /** Other tests leave damage of theirs on the same volume. */
  private void nothingIsBrokenOf(String model) throws IOException {
    assertThat(store.invariants().brokenAtAnyMoment())
        .noneMatch(broken -> broken.startsWith(model + "@"));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** As a downloader ends whose hub does not have the version any more. */
  private void theRepairFails(RequestId id) throws Exception {
    try (Claims claims = store.claims("downloader");
        Claim claim = claims.await(store.claimPlace(id), Duration.ofSeconds(10)).orElseThrow()) {
      ObjectNode journal = Wire.mapper().valueToTree(store.journals().read(id).orElseThrow());
      journal.put("state", "failed");
      journal.put("sequence", journal.get("sequence").asLong() + 1);
      store.journals().write(claim, Wire.mapper().treeToValue(journal, Journal.class));
    }
  }

  private static void aMinuteLater(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private final List<Runnable> mends = new ArrayList<>();

  /** Other tests look at the same volume. */
  @AfterEach
  void mend() {
    mends.forEach(Runnable::run);
  }

  private void damage(Path file, long at) throws IOException {
    flip(file, at);
    mends.add(
        () -> {
          try {
            flip(file, at);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void flip(Path file, long at) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int read = open.read();
      open.seek(at);
      open.write(read ^ 1);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
  }

  /** Tests of one depot give the same commits to models of theirs. */
  private Ear.Heard about(String topic, String model, CommitId commit) {
    return ear.await(
        topic, it -> it.text("/model").equals(model) && it.text("/commit").equals(commit.value()));
  }
}
