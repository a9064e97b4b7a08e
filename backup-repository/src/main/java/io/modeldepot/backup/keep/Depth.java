package io.modeldepot.backup.keep;

/**
 * How much of the blocks a check reads: the {@code part}th of {@code parts} equal parts. A part is
 * chosen by the blocks' ids, so that all parts one after the other are everything once.
 *
 * @param part from 1
 * @param parts 0: nothing is read
 */
public record Depth(int part, int parts) {
  /** Every block that a snapshot names has a place. */
  public static final Depth STRUCTURE = new Depth(0, 0);

  /** Every block is read, unpacked and held against its id. */
  public static final Depth DATA = new Depth(1, 1);

  /**
   * @throws IllegalArgumentException if there is no such part
   */
  public Depth {
    if (parts < 0 || part < 0 || part > parts || (part == 0 && parts > 0)) {
      throw new IllegalArgumentException(
          "A part is written n/t with n from 1 to t, not " + part + "/" + parts + ".");
    }
  }

  /** Whether a block with an id is in it. */
  boolean has(String id) {
    return parts > 0 && Integer.parseInt(id.substring(0, 6), 16) % parts == part - 1;
  }
}
