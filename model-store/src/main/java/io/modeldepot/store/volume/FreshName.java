package io.modeldepot.store.volume;

import io.modeldepot.store.volume.call.FileCalls;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Parts of names that nobody else takes. */
public final class FreshName {
  private static final SecureRandom RANDOM = new SecureRandom();

  private FreshName() {}

  /** Eight random hexadecimal digits, for a place that is no volume. */
  public static String eightHex() {
    return HexFormat.of().toHexDigits(RANDOM.nextInt());
  }

  /** Eight hexadecimal digits that nobody else on a volume has. */
  public static String eightHex(FileCalls calls) {
    return HexFormat.of().toHexDigits(calls.freshNumber());
  }
}
