package io.modeldepot.janitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    Ear.Heard checked = ear.await("model-checked", it -> it.text("/commit").equals(commit.value()));
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
    Ear.Heard fact = ear.await("model-corrupted", it -> it.text("/commit").equals(commit.value()));
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

    Ear.Heard fact = ear.await("model-corrupted", it -> it.text("/commit").equals(commit.value()));

    assertThat(fact.text("/foundBy")).isEqualTo("scrub");
    assertThat(fact.text("/path")).isEqualTo("config.json");
    assertThat(fact.text("/repair")).isEqualTo("requested");
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
}
