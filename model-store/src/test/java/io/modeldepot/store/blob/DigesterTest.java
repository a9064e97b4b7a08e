package io.modeldepot.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigesterTest {
  @Test
  void nothingHasTheWellKnownDigests() {
    FileDigests digests = Digester.withGitSha1(0).finish();

    assertThat(digests.sha256().value())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(digests.gitSha1().orElseThrow().value())
        .isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    assertThat(digests.blocks().crc32c()).isEmpty();
  }

  @Test
  void aFileHasTheIdThatGitGivesIt() {
    Digester digester = Digester.withGitSha1(6);
    digester.update(ByteBuffer.wrap("hello\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    assertThat(digester.finish().gitSha1().orElseThrow().value())
        .isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 777, 65536, 1 << 20, 20 << 20})
  void theDigestsDoNotDependOnThePieces(int piece) throws Exception {
    byte[] content = new byte[2 * Blocks.SIZE_BYTES + 12345];
    new Random(3).nextBytes(content);
    int step = Math.max(piece, 777);
    Digester digester = Digester.sha256(content.length);
    for (int at = 0; at < content.length; at += step) {
      digester.update(content, at, Math.min(step, content.length - at));
    }
    FileDigests digests = digester.finish();
    BlockCrcs crcs = BlockCrcs.of(digests.blocks(), content.length);
    CRC32C last = new CRC32C();
    last.update(content, 2 * Blocks.SIZE_BYTES, 12345);

    assertThat(digests.sha256())
        .isEqualTo(
            Sha256.of(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content))));
    assertThat(crcs.count()).isEqualTo(3);
    assertThat(crcs.get(2)).isEqualTo((int) last.getValue());
    assertThat(crcs.get(0))
        .isEqualTo(BlockCrcs.crc32c(ByteBuffer.wrap(content, 0, Blocks.SIZE_BYTES)));
  }

  @Test
  void aFileThatEndsOnABlockHasNoEmptyBlock() {
    Digester digester = Digester.sha256(Blocks.SIZE_BYTES);
    digester.update(new byte[Blocks.SIZE_BYTES], 0, Blocks.SIZE_BYTES);

    assertThat(BlockCrcs.of(digester.finish().blocks(), Blocks.SIZE_BYTES).count()).isEqualTo(1);
  }

  @Test
  void missingBytesAreNotDigested() {
    Digester digester = Digester.sha256(10);
    digester.update(new byte[9], 0, 9);

    assertThatThrownBy(digester::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void moreBytesThanWereSaidAreRefused() {
    Digester digester = Digester.sha256(3);

    assertThatThrownBy(() -> digester.update(new byte[4], 0, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blocksOfAnotherFileAreRefused() {
    Blocks blocks = BlockCrcs.empty(100).toBlocks();

    assertThatThrownBy(() -> BlockCrcs.of(blocks, Blocks.SIZE_BYTES + 1L))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
