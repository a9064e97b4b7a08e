package io.modeldepot.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** A list of pieces as a mirror of another site sends it. */
final class ChunkListFuzzTest {
  @Test
  void aListIsTheOnlyBytesThatSayIt() {
    ChunkList list =
        new ChunkList(
            Sha256.of("ab".repeat(32)), 70_600, new int[] {100, 70_000, 500}, new long[] {1, 2, 3});
    Fuzz.of("chunk list")
        .seed(list.bytes())
        .refusedBy(MalformedChunkList.class)
        .run(
            input -> {
              try {
                ChunkList.of(input);
              } finally {
                // Past the checksum, which stops nearly every change and no forger.
                if (input.length > 4) {
                  byte[] sealed = sealed(input);
                  assertThat(ChunkList.of(sealed).bytes()).isEqualTo(sealed);
                }
              }
            });
  }

  private static byte[] sealed(byte[] input) {
    byte[] sealed = Arrays.copyOf(input, input.length);
    CRC32C crc = new CRC32C();
    crc.update(sealed, 0, sealed.length - 4);
    ByteBuffer.wrap(sealed).putInt(sealed.length - 4, (int) crc.getValue());
    return sealed;
  }
}
