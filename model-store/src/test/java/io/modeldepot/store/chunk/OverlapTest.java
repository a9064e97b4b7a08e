package io.modeldepot.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverlapTest {
  private static final Sha256 ANY = Sha256.of("b".repeat(64));

  private static ChunkList list(byte[] file) {
    Chunker chunker = new Chunker(file.length);
    chunker.update(file, 0, file.length);
    return chunker.finish(ANY);
  }

  /** The base in other order, with pieces left out, doubled, and new ones between. */
  private static byte[] edited(byte[] base, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 8; i++) {
      int from = random.nextInt(base.length);
      out.write(base, from, random.nextInt(base.length - from));
      out.writeBytes(TensorFile.noise(random.nextInt(), random.nextInt(100_000)));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRunHasTheSameBytesInBothFiles(long seed) {
    Random random = new Random(seed);
    byte[] base = TensorFile.noise((int) seed, 2_000_000);
    byte[] target = edited(base, random);
    ChunkList list = list(target);
    Overlap overlap = Overlap.of(list(base), list);

    assertThat(overlap.runs()).isNotEmpty();
    long before = 0;
    for (Overlap.Run run : overlap.runs()) {
      assertThat(run.at()).isGreaterThanOrEqualTo(before);
      assertThat(Arrays.copyOfRange(target, (int) run.at(), (int) run.end()))
          .isEqualTo(
              Arrays.copyOfRange(base, (int) run.from(), (int) (run.from() + run.sizeBytes())));
      long pieces = 0;
      for (int piece = run.piece(); piece < run.piece() + run.pieces(); piece++) {
        pieces += list.length(piece);
      }
      assertThat(pieces).isEqualTo(run.sizeBytes());
      before = run.end();
    }
  }

  @Test
  void aFileIsOneRunOfItself() {
    ChunkList list = list(new byte[3_000_000]);

    assertThat(Overlap.of(list, list).runs())
        .containsExactly(new Overlap.Run(0, list.count(), 0, 0, 3_000_000));
  }

  @Test
  void strangersShareNothing() {
    Overlap overlap =
        Overlap.of(list(TensorFile.noise(1, 1_000_000)), list(TensorFile.noise(2, 1_000_000)));

    assertThat(overlap.runs()).isEmpty();
    assertThat(overlap.sharedBytes()).isZero();
  }
}
