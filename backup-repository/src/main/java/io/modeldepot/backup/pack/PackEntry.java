package io.modeldepot.backup.pack;

import io.modeldepot.backup.seal.BlockId;

/**
 * One line of a pack's index.
 *
 * @param id the block
 * @param offset of its frame in the pack
 * @param length of its frame
 * @param rawLength of the block
 */
public record PackEntry(BlockId id, int offset, int length, int rawLength) {
  /**
   * Whether it can be, in the first so many bytes of a pack.
   *
   * @param bytes of the pack, or of what comes before its index
   */
  boolean isWithin(long bytes) {
    return offset >= 0 && length >= 1 && rawLength >= 0 && (long) offset + length <= bytes;
  }
}
