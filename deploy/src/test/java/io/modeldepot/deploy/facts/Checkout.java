package io.modeldepot.deploy.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the project. */
public final class Checkout {
  private Checkout() {}

  /** A file or folder of the checkout. */
  public static Path file(String path) {
    return Path.of(System.getProperty("depot.root", ".."))
        .toAbsolutePath()
        .normalize()
        .resolve(path);
  }

  /** The text of a file. */
  public static String read(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares a written file with what it should be; {@code make docs} writes it instead. */
  public static void check(String path, String content) {
    if (Boolean.getBoolean("depot.docs.write")) {
      try {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    assertThat(file(path)).as("`make docs` writes it").exists();
    assertThat(read(path))
        .as("%s differs from what it is made of; `make docs` writes it anew", path)
        .isEqualTo(content);
  }
}
