package io.modeldepot.hub.address;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/** What stands in the path of a request to a mirror. */
class AddressFuzzTest {
  @Test
  void whatIsDecodedCanBeEncoded() {
    Fuzz.of("address encoding")
        .seed("acme/phi-2/resolve/main/a%20b%2Fc.json")
        .words("%", "%2F", "%00", "%C0%AF", "%ED%A0%80", "..", "//", "+")
        .refusedBy(IllegalArgumentException.class)
        .run(
            input -> {
              String decoded = Encoding.decode(new String(input, UTF_8));
              assertThat(Encoding.decode(Encoding.segment(decoded))).isEqualTo(decoded);
              Encoding.segments(new String(input, UTF_8));
            });
  }

  @Test
  void anAddressOfAChunkListComesBack() {
    Fuzz.of("address chunk list")
        .seed("/acme/phi-2/chunks-1/" + "a".repeat(40) + "/a/model.safetensors")
        .words("/", "%2F", "..", "chunks-1")
        .refusedBy(IllegalArgumentException.class)
        .run(input -> ChunkListAddress.of(new String(input, UTF_8)));
  }
}
