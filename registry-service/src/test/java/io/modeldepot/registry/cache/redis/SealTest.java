package io.modeldepot.registry.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.registry.door.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
  private final Seal seal = new Seal("a secret");
  private final Rendered answer =
      new Rendered(bytes("{\"model\":\"é\"}"), "\"tag\"", Optional.of("</next>; rel=\"next\""));

  @Test
  void whatWasPackedIsUnpackedAsItWas() {
    Rendered unpacked = seal.unpack("key", seal.pack("key", answer)).orElseThrow();

    assertThat(unpacked.body()).isEqualTo(answer.body());
    assertThat(unpacked.etag()).isEqualTo("\"tag\"");
    assertThat(unpacked.link()).isEqualTo(answer.link());
  }

  @Test
  void anAnswerWithoutALinkHasNoneAfterwards() {
    Rendered alone = new Rendered(bytes("{}"), "\"t\"", Optional.empty());

    assertThat(seal.unpack("key", seal.pack("key", alone)).orElseThrow().link()).isEmpty();
  }

  @Test
  void noByteCanBeChangedAndNoneBeCutOff() {
    byte[] packed = seal.pack("key", answer);
    for (int i = 0; i < packed.length; i++) {
      byte[] changed = packed.clone();
      changed[i] ^= 1;
      assertThat(seal.unpack("key", changed)).as("byte %d", i).isEmpty();
      assertThat(seal.unpack("key", Arrays.copyOf(packed, i))).as("%d bytes", i).isEmpty();
    }
  }

  @Test
  void itIsNoneUnderAnotherKeyNorOfAnotherInstallation() {
    byte[] packed = seal.pack("key", answer);

    assertThat(seal.unpack("other", packed)).isEmpty();
    assertThat(new Seal("another secret").unpack("key", packed)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
