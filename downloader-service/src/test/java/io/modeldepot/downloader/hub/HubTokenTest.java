package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTokenTest {

  @Test
  void theVariableHoldsTheToken() {
    assertThat(HubToken.fromEnvironment(Map.of("HF_TOKEN", " hf_a\n")))
        .contains(HubToken.of("hf_a"));
  }

  @Test
  void theVariableCountsMoreThanTheFile() {
    assertThat(HubToken.fromEnvironment(Map.of("HF_TOKEN", "hf_a", "HF_TOKEN_PATH", "/nowhere")))
        .contains(HubToken.of("hf_a"));
  }

  @Test
  void aFileHoldsTheToken(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "hf_b\n");

    assertThat(HubToken.fromEnvironment(Map.of("HF_TOKEN_PATH", file.toString())))
        .contains(HubToken.of("hf_b"));
  }

  @Test
  void withoutVariablesThereIsNone() {
    assertThat(HubToken.fromEnvironment(Map.of("HF_TOKEN", " "))).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsAFaultOfTheConfiguration(@TempDir Path directory) {
    Path file = directory.resolve("absent");

    assertThatThrownBy(() -> HubToken.fromEnvironment(Map.of("HF_TOKEN_PATH", file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
  }

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
