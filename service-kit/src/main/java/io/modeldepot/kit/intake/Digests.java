package io.modeldepot.kit.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that ids are made of. */
final class Digests {
  private static final char[] BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();
  private static final int BITS_PER_CHARACTER = 5;
  private static final int FIRST = 16;

  private Digests() {}

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** The first 16 characters of the digest of a text in base32 (RFC 4648): 80 bits. */
  static String short32(String text) {
    byte[] digest = sha256(text.getBytes(StandardCharsets.UTF_8));
    StringBuilder out = new StringBuilder(FIRST);
    for (int character = 0; character < FIRST; character++) {
      int index = 0;
      for (int bit = 0; bit < BITS_PER_CHARACTER; bit++) {
        int at = character * BITS_PER_CHARACTER + bit;
        index = index << 1 | (digest[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE) & 1);
      }
      out.append(BASE32[index]);
    }
    return out.toString();
  }
}
