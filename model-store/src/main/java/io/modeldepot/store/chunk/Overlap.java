package io.modeldepot.store.chunk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of a file another one has, wherever it is in either.
 *
 * @param target the file that is wanted
 * @param runs in the order of the target, none beside the next in both files
 */
public record Overlap(ChunkList target, List<Run> runs) {

  public Overlap {
    runs = List.copyOf(runs);
  }

  /**
   * Bytes that both have, whole pieces of the target.
   *
   * @param piece number of the first piece in the target
   * @param pieces how many
   * @param at where they are in the target
   * @param from where they are in the other
   * @param sizeBytes how long
   */
  public record Run(int piece, int pieces, long at, long from, long sizeBytes) {
    /** First byte of the target after it. */
    public long end() {
      return at + sizeBytes;
    }
  }

  /** Finds what can be taken from {@code base}, in one pass over each list. */
  public static Overlap of(ChunkList base, ChunkList target) {
    Index index = new Index(base);
    List<Run> runs = new ArrayList<>();
    long at = 0;
    int expected = -1;
    for (int piece = 0; piece < target.count(); piece++) {
      int found = index.find(target.digest(piece), target.length(piece), expected);
      int length = target.length(piece);
      if (found < 0) {
        expected = -1;
      } else if (found == expected) {
        Run last = runs.removeLast();
        runs.add(
            new Run(
                last.piece(),
                last.pieces() + 1,
                last.at(),
                last.from(),
                last.sizeBytes() + length));
        expected = found + 1;
      } else {
        runs.add(new Run(piece, 1, at, index.offset(found), length));
        expected = found + 1;
      }
      at += length;
    }
    return new Overlap(target, runs);
  }

  /** How much both have. */
  public long sharedBytes() {
    return runs.stream().mapToLong(Run::sizeBytes).sum();
  }

  /** The pieces of a file by their digests. */
  private static final class Index {
    private static final int EMPTY = -1;

    private final ChunkList list;
    private final long[] offsets;
    private final int[] slots;

    Index(ChunkList list) {
      this.list = list;
      this.offsets = new long[list.count()];
      this.slots = new int[Integer.highestOneBit(Math.max(2, list.count())) * 4];
      Arrays.fill(slots, EMPTY);
      long at = 0;
      for (int piece = 0; piece < list.count(); piece++) {
        offsets[piece] = at;
        at += list.length(piece);
        int slot = slot(list.digest(piece));
        while (slots[slot] != EMPTY && list.digest(slots[slot]) != list.digest(piece)) {
          slot = slot + 1 & slots.length - 1;
        }
        if (slots[slot] == EMPTY) {
          slots[slot] = piece;
        }
      }
    }

    /** A piece like this one: the expected one if it is, so that runs stay long. */
    int find(long digest, int length, int expected) {
      if (expected >= 0 && expected < list.count() && isSame(expected, digest, length)) {
        return expected;
      }
      int slot = slot(digest);
      while (slots[slot] != EMPTY) {
        if (isSame(slots[slot], digest, length)) {
          return slots[slot];
        }
        slot = slot + 1 & slots.length - 1;
      }
      return EMPTY;
    }

    long offset(int piece) {
      return offsets[piece];
    }

    private boolean isSame(int piece, long digest, int length) {
      return list.digest(piece) == digest && list.length(piece) == length;
    }

    private int slot(long digest) {
      return (int) (digest ^ digest >>> 32) & slots.length - 1;
    }
  }
}
