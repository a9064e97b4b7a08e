package io.modeldepot.events.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of digests are told by a loop; the regular expression in the schema says the same. */
class DigestFormsTest {
  private static final String DIGITS = "0123456789abcdef".repeat(4);

  @Test
  void everyCharacterIsJudgedAsTheSchemaDoes() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String digest = DIGITS.substring(0, 30) + c + DIGITS.substring(31);
      assertThat(Sha256.isOne(digest))
          .as("U+%04X", (int) c)
          .isEqualTo(digest.matches(Sha256.PATTERN));
      String commit = digest.substring(0, 40);
      assertThat(CommitId.isOne(commit)).isEqualTo(commit.matches(CommitId.PATTERN));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 39, 41, 63, 65, 128})
  void anotherLengthIsNone(int length) {
    String text = DIGITS.repeat(2).substring(0, length);

    assertThat(Sha256.isOne(text)).isFalse();
    assertThat(CommitId.isOne(text)).isFalse();
    assertThatThrownBy(() -> Sha256.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(Sha256.PATTERN);
    assertThatThrownBy(() -> GitSha1.of(text)).hasMessageContaining(GitSha1.PATTERN);
  }
}
