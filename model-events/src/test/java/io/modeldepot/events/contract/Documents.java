package io.modeldepot.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The committed documents: written when asked, compared otherwise. */
public final class Documents {
  private Documents() {}

  /** The checkout. */
  public static Path root() {
    return Path.of(System.getProperty("depot.root", ".."));
  }

  /** Compares, or writes with {@code -Ddepot.docs.write=true}. */
  public static void check(String path, String content) {
    Path file = root().resolve(path);
    try {
      if (Boolean.getBoolean("depot.docs.write")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return;
      }
      assertThat(file).as("`make docs` writes it").exists();
      assertThat(Files.readString(file))
          .as("%s differs from the code; `make docs` writes it anew", path)
          .isEqualTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pretty(JsonNode json) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withArrayIndenter(new DefaultIndenter("  ", "\n"))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return Wire.mapper().writer(printer).writeValueAsString(json) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
