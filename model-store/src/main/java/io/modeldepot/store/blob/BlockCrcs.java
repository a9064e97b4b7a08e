package io.modeldepot.store.blob;

import io.modeldepot.events.terms.Blocks;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The CRC32C of every block of a file: fixed in number, filled in any order. Not safe for threads.
 */
public final class BlockCrcs {
  private final byte[] crcs;

  private BlockCrcs(byte[] crcs) {
    this.crcs = crcs;
  }

  /** None known yet, for a file of this length. */
  public static BlockCrcs empty(long sizeBytes) {
    return new BlockCrcs(new byte[4 * count(sizeBytes)]);
  }

  /**
   * As recorded.
   *
   * @throws IllegalArgumentException if it is not the record of a file of this length
   */
  public static BlockCrcs of(Blocks blocks, long sizeBytes) {
    byte[] crcs = Base64.getDecoder().decode(blocks.crc32c());
    if (blocks.sizeBytes() != Blocks.SIZE_BYTES || crcs.length != 4 * count(sizeBytes)) {
      throw new IllegalArgumentException("These are not the blocks of " + sizeBytes + " bytes.");
    }
    return new BlockCrcs(crcs);
  }

  /** How many blocks a file of this length has; the last may be shorter. */
  public static int count(long sizeBytes) {
    return Math.toIntExact((sizeBytes + Blocks.SIZE_BYTES - 1) / Blocks.SIZE_BYTES);
  }

  /** The CRC32C of bytes between position and limit, which are consumed. */
  public static int crc32c(ByteBuffer block) {
    CRC32C crc = new CRC32C();
    crc.update(block);
    return (int) crc.getValue();
  }

  /** How many blocks there are. */
  public int count() {
    return crcs.length / 4;
  }

  /** The CRC32C of a block; 0 where none was set. */
  public int get(int block) {
    return ByteBuffer.wrap(crcs).getInt(4 * block);
  }

  /** Sets the CRC32C of a block. */
  public void set(int block, int crc32c) {
    ByteBuffer.wrap(crcs).putInt(4 * block, crc32c);
  }

  /** As it is recorded in manifests and journals. */
  public Blocks toBlocks() {
    return new Blocks(Blocks.SIZE_BYTES, Base64.getEncoder().encodeToString(crcs));
  }
}
