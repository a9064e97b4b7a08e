package io.modeldepot.registry.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "gzip, deflate, br, zstd",
        "deflate;q=0.5, GZIP;q=0.1",
        "x-gzip",
        "*",
        "br;q=0, *;q=0.5"
      })
  void whoTakesGzip(String accept) {
    assertThat(Compression.takesGzip(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "deflate, br",
        "gzip;q=0",
        "gzip; q=0.000, *",
        "*;q=0",
        "gzipped",
        ",;,",
        ";q=1"
      })
  void whoDoesNot(String accept) {
    assertThat(Compression.takesGzip(accept)).isFalse();
  }

  @Test
  void whoSaysNothingTakesNothing() {
    assertThat(Compression.takesGzip(null)).isFalse();
  }
}
