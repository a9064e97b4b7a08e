package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of publishes, downloads in progress, rollbacks, wishes, placements, leases,
 * cleanups that are stopped in the middle, and undos, on a real volume. After every step nothing is
 * broken and nothing is gone that somebody needs; at the end everything can be freed that nobody
 * needs. A seed that failed is run again by {@code -Ddepot.seed=…}.
 */
class HistoryTest {
  private static final int STEPS = 40;

  private Path directory = Path.of("");

  @BeforeEach
  void make() throws IOException {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "history-")
            : Files.createTempDirectory("history-");
  }

  @AfterEach
  void remove() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static LongStream seeds() {
    Long given = Long.getLong("depot.seed");
    return given == null
        ? new Random().longs(Integer.getInteger("depot.seeds", 12))
        : LongStream.of(given);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void losesNothingThatIsNeededAndFreesTheRest(long seed) throws Exception {
    System.out.println("depot.seed=" + seed);
    try (History history = new History(directory.resolve("volume"), seed)) {
      for (int step = 0; step < STEPS; step++) {
        String what = history.step();
        assertThat(history.missing()).as("seed %d, step %d: %s", seed, step, what).isEmpty();
        assertThat(history.broken()).as("seed %d, step %d: %s", seed, step, what).isEmpty();
      }
      history.wantNothing();
      assertThat(history.left()).as("seed %d, when nobody wants anything", seed).isEmpty();
      assertThat(history.broken()).as("seed %d, at the end", seed).isEmpty();
    }
  }

  @Test
  void aLostPartOfADownloadIsSeen() throws Exception {
    try (History history = new History(directory.resolve("volume"), 1)) {
      history.beginOne();
      assertThat(history.missing()).isEmpty();

      history.loseAPart();

      assertThat(history.missing()).isNotEmpty();
    }
  }

  @Test
  void aLostByteIsSeen() throws Exception {
    try (History history = new History(directory.resolve("volume"), 1)) {
      history.publishOne();

      history.loseAManifest();

      assertThat(history.missing()).isNotEmpty();
    }
  }
}
