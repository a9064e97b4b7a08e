package io.modeldepot.placement.explain;

import java.util.Locale;

/** Bytes as people read them. */
public final class Gib {
  private static final double GIB = 1L << 30;

  private Gib() {}

  /** With one digit, without the unit. */
  public static String of(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIB);
  }
}
