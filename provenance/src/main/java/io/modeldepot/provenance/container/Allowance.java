package io.modeldepot.provenance.container;

/**
 * How much of what containers list is taken into memory while one file is looked into, whatever
 * lies in whatever. A small archive can list the same long name a hundred thousand times.
 */
public final class Allowance {
  private static final int MOST_ENTRIES = 200_000;
  private static final int MOST_NAME_BYTES = 16 << 20;

  private int entries = MOST_ENTRIES;
  private int nameBytes = MOST_NAME_BYTES;

  /**
   * Takes one entry more.
   *
   * @param name length of its name, bytes
   * @return whether it may be; once it may not, no further one may
   */
  boolean entry(int name) {
    entries = Math.max(0, entries - 1);
    nameBytes = Math.max(0, nameBytes - name);
    return entries > 0 && nameBytes > 0;
  }
}
