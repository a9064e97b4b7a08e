package io.modeldepot.store.volume;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Parts of names that nobody else takes. */
public final class FreshName {
  private static final SecureRandom RANDOM = new SecureRandom();

  private FreshName() {}

  /** Eight random hexadecimal digits. */
  public static String eightHex() {
    return HexFormat.of().toHexDigits(RANDOM.nextInt());
  }
}
