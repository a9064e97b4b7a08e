package io.modeldepot.kit.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret that an operator has put into a file. */
public final class SecretFile {
  private SecretFile() {}

  /**
   * Reads it, without the line's end.
   *
   * @param setting what names the file
   * @param what it holds
   * @throws IllegalArgumentException if it is empty
   * @throws UncheckedIOException if it cannot be read
   */
  public static String read(Path file, String setting, String what) {
    try {
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException(file + " is empty; it has to hold a " + what + ".");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(setting + " cannot be read: " + file, e);
    }
  }
}
