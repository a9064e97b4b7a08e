package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTokenTest {

  @ParameterizedTest
  @ValueSource(strings = {"hf_two words", "hf_zeile\numbruch", "hf_schlüssel", ""})
  void whatIsNoTokenIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> HubToken.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hf_");
  }

  @Test
  void aTokenDoesNotShowItself() {
    assertThat("" + HubToken.of("hf_secret")).doesNotContain("secret");
  }
}
