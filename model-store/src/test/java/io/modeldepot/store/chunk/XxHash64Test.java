package io.modeldepot.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XxHash64Test {
  /** What other implementations say of the same words. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "'Nobody inspects the spammish repetition', fbcea83c8a378bf1",
  })
  void wordsHaveTheDigestsThatTheSpecificationGivesThem(String word, String digest) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);

    assertThat(Long.toHexString(XxHash64.of(bytes, 0, bytes.length))).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 31, 32, 33, 1000})
  void theDigestDoesNotDependOnThePieces(int piece) {
    byte[] bytes = TensorFile.noise(1, 5003);
    XxHash64 hash = new XxHash64();
    for (int at = 0; at < bytes.length; at += piece) {
      hash.update(bytes, at, Math.min(piece, bytes.length - at));
    }

    assertThat(hash.value()).isEqualTo(XxHash64.of(bytes, 0, bytes.length));
  }

  @Test
  void afterAResetNothingIsLeftOfWhatCameBefore() {
    XxHash64 hash = new XxHash64();
    hash.update(TensorFile.noise(2, 77), 0, 77);
    hash.reset();

    assertThat(Long.toHexString(hash.value())).isEqualTo("ef46db3751d8e999");
  }
}
