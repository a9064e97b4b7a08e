package io.modeldepot.registry.notify.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a setting can have read, and what it cannot. */
class SecretFilesTest {
  @TempDir Path place;

  @Test
  void aFileIsReadByItsNameOrItsWholePathThroughLinksToo() throws Exception {
    Path mounted = Files.createDirectories(place.resolve("secrets/..2026"));
    Path directory = place.resolve("secrets");
    Files.writeString(mounted.resolve("url"), "\n https://hooks.example.org/x \n\n");
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026"));
    Files.createSymbolicLink(directory.resolve("url"), Path.of("..data/url"));
    SecretFiles files = new SecretFiles(directory);

    assertThat(files.lines("url")).containsExactly("https://hooks.example.org/x");
    assertThat(files.lines(directory.resolve("url").toString())).hasSize(1);
  }

  @Test
  void noOtherFileOfTheMachineIsRead() throws IOException {
    Path directory = Files.createDirectory(place.resolve("secrets"));
    Path outside = Files.writeString(place.resolve("outside"), "word");
    Files.createSymbolicLink(directory.resolve("link"), outside);
    SecretFiles files = new SecretFiles(directory);

    for (String name :
        new String[] {"../outside", outside.toString(), "link", ".", "/etc/hostname"}) {
      assertThatThrownBy(() -> files.lines(name))
          .as(name)
          .isInstanceOf(SecretFiles.Unusable.class)
          .hasMessageContaining("none in")
          .hasMessageNotContaining("word");
    }
    assertThat(SecretFiles.isName("../outside")).isFalse();
    assertThat(SecretFiles.isName("a/../../x")).isFalse();
    assertThat(SecretFiles.isName("a\nb")).isFalse();
    assertThat(SecretFiles.isName("/run/secrets/slack-url")).isTrue();
  }

  @Test
  void whatIsMissingEmptyOrTooLongIsSaid() throws IOException {
    Path directory = Files.createDirectory(place.resolve("secrets"));
    Files.writeString(directory.resolve("empty"), " \n\n");
    Files.writeString(directory.resolve("long"), "x".repeat(5000));
    SecretFiles files = new SecretFiles(directory);

    assertThatThrownBy(() -> files.lines("nothing"))
        .hasMessageContaining("nothing")
        .hasMessageContaining("DEPOT_NOTIFY_FILES_DIR");
    assertThatThrownBy(() -> files.lines("empty")).hasMessageContaining("empty");
    assertThatThrownBy(() -> files.lines("long")).hasMessageContaining("longer");
  }

  @Test
  void aKeyIsBase64OrItsOwnBytesAndNeverShort() {
    byte[] bytes = "0123456789abcdef01234567".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String written = "whsec_" + Base64.getEncoder().encodeToString(bytes);

    assertThat(SigningKey.read(written).bytes()).isEqualTo(bytes);
    assertThat(SigningKey.read("0123456789abcdef01234567").bytes()).isEqualTo(bytes);
    assertThatThrownBy(() -> SigningKey.read("short-word"))
        .hasMessageContaining("10 bytes")
        .hasMessageNotContaining("short-word");
    assertThatThrownBy(() -> SigningKey.read("whsec_%%%")).hasMessageNotContaining("%%%");
  }
}
