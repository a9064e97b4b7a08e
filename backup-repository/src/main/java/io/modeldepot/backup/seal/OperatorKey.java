package io.modeldepot.backup.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The key that the operator holds: 32 random bytes in a file, as 64 hexadecimal digits ({@code
 * openssl rand -hex 32}). Whoever loses it loses the backups.
 */
public final class OperatorKey {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private OperatorKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key in a file.
   *
   * @throws WrongKey if the file has no key in it
   */
  public static OperatorKey read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new WrongKey(
          "The key file " + file + " cannot be read: " + e.getClass().getSimpleName());
    }
    try {
      return of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      throw new WrongKey(
          "The key file "
              + file
              + " must have 64 hexadecimal digits; make one with: openssl rand -hex 32");
    }
  }

  /** The key of these bytes. */
  public static OperatorKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("A key has 32 bytes.");
    }
    return new OperatorKey(bytes.clone());
  }

  byte[] bytes() {
    return bytes;
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "OperatorKey";
  }
}
