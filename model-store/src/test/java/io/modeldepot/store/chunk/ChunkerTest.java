package io.modeldepot.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Sha256;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkerTest {
  private static final Sha256 ANY = Sha256.of("a".repeat(64));
  private static final int TENSOR = 300_000;

  private static ChunkList list(byte[] file) {
    Chunker chunker = new Chunker(file.length);
    chunker.update(file, 0, file.length);
    return chunker.finish(ANY);
  }

  private static Map<String, byte[]> tensors(int... seeds) {
    Map<String, byte[]> tensors = new LinkedHashMap<>();
    for (int seed : seeds) {
      tensors.put("t" + seed, TensorFile.noise(seed, TENSOR + seed));
    }
    return tensors;
  }

  private static long lacking(byte[] base, byte[] target) {
    return target.length - Overlap.of(list(base), list(target)).sharedBytes();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 100, 65536})
  void theListDoesNotDependOnHowTheBytesCome(int piece) {
    byte[] file = TensorFile.of("x", tensors(1, 2));
    Chunker chunker = new Chunker(file.length);
    for (int at = 0; at < file.length; at += piece) {
      chunker.update(file, at, Math.min(piece, file.length - at));
    }

    assertThat(chunker.finish(ANY).bytes()).isEqualTo(list(file).bytes());
  }

  @Test
  void thePiecesAreTheFile() {
    byte[] file = TensorFile.noise(4, 2_000_000);
    ChunkList list = list(file);
    int at = 0;
    for (int piece = 0; piece < list.count(); piece++) {
      assertThat(list.digest(piece)).isEqualTo(XxHash64.of(file, at, list.length(piece)));
      assertThat(list.length(piece)).isBetween(1, ChunkList.LONGEST_BYTES);
      at += list.length(piece);
    }

    assertThat(at).isEqualTo(file.length);
  }

  @Test
  void anEditOfTheHeaderThatMovesEverythingCostsTheHeader() {
    byte[] base = TensorFile.of("somebody", tensors(1, 2, 3));
    byte[] target = TensorFile.of("somebody with a longer name", tensors(1, 2, 3));

    assertThat(lacking(base, target)).isEqualTo(target.length - 3 * TENSOR - 6);
  }

  @Test
  void aTensorInTheMiddleCostsItselfAndTheHeader() {
    byte[] base = TensorFile.of("x", tensors(1, 3));
    byte[] target = TensorFile.of("x", tensors(1, 2, 3));

    assertThat(lacking(base, target)).isEqualTo(target.length - 2 * TENSOR - 4);
  }

  @Test
  void aChangedByteCostsItsPiece() {
    byte[] base = TensorFile.of("x", tensors(1, 2));
    byte[] target = base.clone();
    target[target.length - 200_000] ^= 1;

    assertThat(lacking(base, target)).isEqualTo(Chunker.USUAL_BYTES);
  }

  @Test
  void smallTensorsShareAPiece() {
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      many.put("scale" + i, TensorFile.noise(i, 4));
    }
    many.putAll(tensors(1));
    byte[] file = TensorFile.of("x", many);
    ChunkList list = list(file);

    assertThat(list.count()).isLessThan(12);
  }

  @Test
  void aHeaderThatIsNoneIsCutByItsContent() {
    byte[] file = TensorFile.noise(5, 3_000_000);
    Arrays.fill(file, 0, 8, (byte) 0);
    file[1] = 1;
    file[8] = '{';

    assertThat(list(file).count()).isBetween(15, 150);
  }

  @Test
  void anInsertionIntoAnyOtherFileCostsThePiecesAroundIt() {
    byte[] base = TensorFile.noise(6, 4_000_000);
    byte[] target = new byte[base.length + 13];
    System.arraycopy(base, 0, target, 0, 1_000_000);
    System.arraycopy(base, 1_000_000, target, 1_000_013, 3_000_000);

    assertThat(lacking(base, target)).isBetween(13L, 2L * ChunkList.LONGEST_BYTES);
  }

  @Test
  void theMeanOfWhatContentCutsIsAsPromised() {
    byte[] file = TensorFile.noise(7, 32 << 20);

    assertThat(file.length / list(file).count()).isBetween(48 << 10, 96 << 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9})
  void aFileShorterThanAnyHeaderIsOnePieceAtMost(int length) {
    byte[] file = TensorFile.noise(8, length);

    assertThat(list(file).count()).isEqualTo(length == 0 ? 0 : 1);
  }

  @Test
  void missingBytesMakeNoList() {
    Chunker chunker = new Chunker(100);
    chunker.update(new byte[99], 0, 99);

    assertThatThrownBy(() -> chunker.finish(ANY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void moreBytesThanWereSaidAreRefused() {
    Chunker chunker = new Chunker(3);

    assertThatThrownBy(() -> chunker.update(new byte[4], 0, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
