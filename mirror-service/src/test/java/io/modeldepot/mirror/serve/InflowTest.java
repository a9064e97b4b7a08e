package io.modeldepot.mirror.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.mirror.shelf.Supply;
import io.modeldepot.store.blob.BlockCrcs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InflowTest {
  private static final int SIZE = 3 << 20;
  private static final int HELD_BACK = (int) Inflow.HELD_BACK_BYTES;
  private static final byte[] CONTENT = content();

  @TempDir Path directory;

  private final ByteArrayOutputStream got = new ByteArrayOutputStream();

  private static byte[] content() {
    byte[] bytes = new byte[SIZE];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  /** A file of one block, which the journal says is done. */
  private static Supply growing(int attempt, Path file) {
    BitSet done = new BitSet();
    done.set(0);
    return new Supply.Growing(
        attempt, file, done, new int[] {BlockCrcs.crc32c(ByteBuffer.wrap(CONTENT))});
  }

  /** Each look sees the next of these. */
  private static Supplier<Supply> looks(List<Supplier<Supply>> looks) {
    Deque<Supplier<Supply>> rest = new ArrayDeque<>(looks);
    return () -> rest.remove().get();
  }

  private void read(Supplier<Supply> supply, Duration patience) throws Exception {
    new Inflow(supply, SIZE, patience)
        .read(
            0,
            SIZE,
            bytes -> {
              byte[] copy = new byte[bytes.remaining()];
              bytes.get(copy);
              got.writeBytes(copy);
            });
  }

  @Test
  void nothingGoesOutOfABlockThatIsNotWhatTheJournalSays() throws Exception {
    Path part = file("part", new byte[SIZE]);
    int[] sentBefore = {-1};

    read(
        looks(
            List.of(
                () -> growing(0, part),
                () -> {
                  sentBefore[0] = got.size();
                  write(part, CONTENT);
                  return growing(0, part);
                },
                () -> new Supply.Whole(part))),
        Duration.ofMinutes(1));

    assertThat(sentBefore[0]).isZero();
    assertThat(got.toByteArray()).isEqualTo(CONTENT);
  }

  @Test
  void aPartThatWasEmptiedIsWaitedFor() throws Exception {
    Path part = file("part", new byte[0]);

    read(looks(List.of(() -> growing(0, part), () -> whole(CONTENT))), Duration.ofMinutes(1));

    assertThat(got.toByteArray()).isEqualTo(CONTENT);
  }

  @Test
  void theLastMebibyteIsHeldBackAndNeverSentWhenTheContentIsFetchedAgain() throws Exception {
    Path part = file("part", CONTENT);

    assertThatThrownBy(
            () ->
                read(
                    looks(List.of(() -> growing(0, part), () -> growing(1, part))),
                    Duration.ofMinutes(1)))
        .isInstanceOf(Inflow.Cut.class)
        .hasMessageContaining("digest");

    assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, SIZE - HELD_BACK));
  }

  @Test
  void patienceEnds() throws Exception {
    assertThatThrownBy(() -> read(Supply.NotYet::new, Duration.ZERO))
        .isInstanceOf(Inflow.Cut.class)
        .hasMessageContaining("nothing came");

    assertThat(got.size()).isZero();
  }

  private Supply whole(byte[] bytes) {
    Path file = directory.resolve("whole");
    write(file, bytes);
    return new Supply.Whole(file);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
