package io.modeldepot.registry.notify.receiver;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A key with which is signed, as the Standard Webhooks have it: {@code whsec_} and Base64; any
 * other text is its own bytes. Two lines in a file are two keys, so that one can be exchanged for
 * another while receivers know either.
 */
public final class SigningKey {
  private static final String PREFIX = "whsec_";
  private static final int FEWEST_BYTES = 24;

  private final byte[] bytes;

  private SigningKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException in words that do not say what stands there
   */
  static SigningKey read(String line) {
    byte[] bytes;
    try {
      bytes =
          line.startsWith(PREFIX)
              ? Base64.getDecoder().decode(line.substring(PREFIX.length()))
              : line.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("what follows " + PREFIX + " is not Base64", e);
    }
    if (bytes.length < FEWEST_BYTES) {
      throw new IllegalArgumentException(
          "it has %d bytes, and %d are the fewest".formatted(bytes.length, FEWEST_BYTES));
    }
    return new SigningKey(bytes);
  }

  /** For the signature, and for nothing that is shown. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
