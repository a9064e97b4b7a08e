package io.modeldepot.backup.pack;

/**
 * Where a block lies.
 *
 * @param pack the pack's name, the SHA-256 of the whole pack
 * @param offset of its frame in the pack
 * @param length of its frame, as it lies there
 * @param rawLength of the block
 */
public record Location(String pack, int offset, int length, int rawLength) {
  /** The folder of all packs. */
  public static final String FOLDER = "data";

  /** The object of a pack. */
  public static String object(String pack) {
    return FOLDER + "/" + pack.substring(0, 2) + "/" + pack;
  }
}
