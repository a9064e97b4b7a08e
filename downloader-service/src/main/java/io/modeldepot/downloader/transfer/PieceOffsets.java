package io.modeldepot.downloader.transfer;

import io.modeldepot.store.chunk.ChunkList;
import java.util.Arrays;

/** Where in a file each of its pieces begins. */
final class PieceOffsets {
  private final long[] offsets;

  PieceOffsets(ChunkList list) {
    offsets = new long[list.count() + 1];
    for (int piece = 0; piece < list.count(); piece++) {
      offsets[piece + 1] = offsets[piece] + list.length(piece);
    }
  }

  /** First byte of a piece; of the number after the last, the length of the file. */
  long of(int piece) {
    return offsets[piece];
  }

  /** The first piece that begins at a place or after it. */
  int firstFrom(long at) {
    int found = Arrays.binarySearch(offsets, at);
    return found >= 0 ? found : -found - 1;
  }

  /** The piece that a byte is in. */
  int around(long at) {
    int found = Arrays.binarySearch(offsets, at);
    return found >= 0 ? found : -found - 2;
  }
}
