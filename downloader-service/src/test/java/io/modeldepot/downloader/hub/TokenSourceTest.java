package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSourceTest {
  @TempDir Path folder;

  @Test
  void withoutAnySettingWeAreAnonymous() {
    assertThat(TokenSource.fromEnvironment(Map.of()).token()).isEmpty();
  }

  @Test
  void theVariableWinsOverTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "hf_file");

    TokenSource source =
        TokenSource.fromEnvironment(Map.of("HF_TOKEN", "hf_env", "HF_TOKEN_PATH", file.toString()));

    assertThat(source.token()).contains(HubToken.of("hf_env"));
  }

  @Test
  void anEmptyFileMeansAnonymous() throws IOException {
    assertThat(sourceOf(Files.writeString(folder.resolve("token"), "\n")).token()).isEmpty();
  }

  @Test
  void aTokenThatIsPutIntoTheFileLaterCountsAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "");
    TokenSource source = sourceOf(file);

    Files.writeString(file, "hf_later\n");

    assertThat(source.token()).contains(HubToken.of("hf_later"));
  }

  @Test
  void whileTheFileIsGoneItsLastTokenCounts() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "hf_last");
    TokenSource source = sourceOf(file);

    Files.delete(file);

    assertThat(source.token()).contains(HubToken.of("hf_last"));
  }

  @Test
  void aFileThatCannotBeReadAtTheStartIsAFaultOfTheConfiguration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sourceOf(folder.resolve("missing")))
        .withMessageContaining("HF_TOKEN_PATH")
        .withMessageContaining("missing");
  }

  @Test
  void whatIsNoTokenIsRefusedWithoutBeingRepeated() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "two words");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sourceOf(file))
        .satisfies(e -> assertThat(e).hasMessageNotContaining("two words"));
  }

  private static TokenSource sourceOf(Path file) {
    return TokenSource.fromEnvironment(Map.of("HF_TOKEN_PATH", file.toString()));
  }
}
