package io.modeldepot.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Sha256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ChunkListTest {
  private static final byte[] FILE = TensorFile.noise(1, 300_000);

  private static ChunkList list() {
    Chunker chunker = new Chunker(FILE.length);
    chunker.update(FILE, 0, FILE.length);
    return chunker.finish(Sha256.of("0123456789abcdef".repeat(4)));
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    ChunkList read = ChunkList.of(list().bytes());

    assertThat(read.bytes()).isEqualTo(list().bytes());
    assertThat(read.sha256().value()).isEqualTo("0123456789abcdef".repeat(4));
    assertThat(read.sizeBytes()).isEqualTo(FILE.length);
  }

  @Test
  void everyFlippedBitIsSeen() {
    byte[] bytes = list().bytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] bad = bytes.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> ChunkList.of(bad)).isInstanceOf(MalformedChunkList.class);
    }
  }

  @Test
  void everyListThatIsCutOffIsSeen() {
    byte[] bytes = list().bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);

      assertThatThrownBy(() -> ChunkList.of(cut)).isInstanceOf(MalformedChunkList.class);
    }
  }
}
