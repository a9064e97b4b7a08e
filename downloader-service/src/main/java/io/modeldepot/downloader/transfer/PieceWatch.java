package io.modeldepot.downloader.transfer;

import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.XxHash64;

/**
 * Compares the bytes of one connection with the pieces that they should be. A piece of which the
 * connection sees only a part is not compared; the digest of the whole file sees everything. One
 * thread at a time.
 */
final class PieceWatch {
  private final ChunkList list;
  private final PieceOffsets offsets;
  private final XxHash64 hash = new XxHash64();
  private int piece;
  private long expected = -1;

  PieceWatch(ChunkList list, PieceOffsets offsets) {
    this.list = list;
    this.offsets = offsets;
  }

  /**
   * Sees bytes.
   *
   * @param at where in the file they belong
   * @return whether every piece that ended in them is what it should be
   */
  boolean isRight(long at, byte[] bytes, int count) {
    if (at != expected) {
      piece = offsets.firstFrom(at);
      hash.reset();
    }
    expected = at + count;
    long position = at;
    while (position < expected && piece < list.count()) {
      if (position < offsets.of(piece)) {
        position = Math.min(expected, offsets.of(piece));
        continue;
      }
      int taken = (int) (Math.min(expected, offsets.of(piece + 1)) - position);
      hash.update(bytes, (int) (position - at), taken);
      position += taken;
      if (position == offsets.of(piece + 1)) {
        boolean right = hash.value() == list.digest(piece);
        hash.reset();
        piece++;
        if (!right) {
          return false;
        }
      }
    }
    return true;
  }
}
