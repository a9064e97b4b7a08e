package io.modeldepot.provenance.scan;

/**
 * How much is spent on one file. What goes past a limit is malformed: it was not looked into.
 *
 * @param mostWorkBytes read and unpacked, beyond four times the file's length
 * @param mostHeldBytes of containers that are packed inside others, together
 * @param deepest containers inside containers
 */
public record ScanLimits(long mostWorkBytes, int mostHeldBytes, int deepest) {
  /** What a file of a model never needs. */
  public static final ScanLimits USUAL = new ScanLimits(4L << 30, 32 << 20, 4);
}
