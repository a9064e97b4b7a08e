package io.modeldepot.store.integrity;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
  private static final Duration AGE = Duration.ofHours(25);

  @TempDir Path directory;
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    volume.publish(FIRST, files("config.json", "{}", "model.safetensors", large(1)));
  }

  @AfterEach
  void invariantsHold() throws IOException {
    volume.close();
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void whatCrashesLeftADayAgoIsRemoved() throws IOException {
    List<Path> left =
        List.of(
            left("downloads/.new-01234567", "free"),
            left("versions/" + MODEL + "/.new-01234567", "free"),
            left(".depot/.probe-01234567", "file"),
            left(".depot/trash/.left-01234567", "view"),
            left("cache/blobs/sha256/ab/.01234567", "x"));

    assertThat(volume.store.leftovers().clear()).containsExactlyInAnyOrderElementsOf(left);
    assertThat(left).allSatisfy(path -> assertThat(path).doesNotExist());
    assertThat(volume.calls.list(volume.layout().depot())).doesNotContain(".probe-01234567");
  }

  @Test
  void whatMayStillBeInTheMakingStays() throws IOException {
    Path fresh = volume.layout().downloads().resolve(".new-01234567");
    Files.createDirectories(fresh);

    assertThat(volume.store.leftovers().clear()).isEmpty();
    assertThat(fresh).exists();
  }

  @Test
  void nothingElseIsTouched() throws IOException {
    left("downloads/job-1", "free");
    left("models/llama/.new-notes", "x");
    left(".depot/trash/20261124-x", "model.bin");

    assertThat(volume.store.leftovers().clear()).isEmpty();
  }

  /** Makes a directory in a directory, both old, and answers the outer one. */
  private Path left(String outer, String inner) throws IOException {
    Path left = directory.resolve(outer);
    FileTime old = FileTime.from(Instant.now().minus(AGE));
    Files.setLastModifiedTime(Files.createDirectories(left.resolve(inner)), old);
    Files.setLastModifiedTime(left, old);
    return left;
  }
}
