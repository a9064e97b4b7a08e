package io.modeldepot.downloader.transfer;

import io.modeldepot.events.terms.Blocks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Which blocks of a file are where: missing, being fetched, written, or inherited and not yet
 * compared; and up to which one they are hashed. Decides what is fetched next. Not safe for several
 * threads: {@link TransferRun} guards it.
 */
final class BlockMap {
  private enum State {
    MISSING,
    FETCHING,
    WRITTEN,
    INHERITED
  }

  private final long sizeBytes;
  private final State[] states;
  private final int[] crc32c;
  private int hashed;

  BlockMap(long sizeBytes, InheritedBlocks inherited) {
    this.sizeBytes = sizeBytes;
    int count = Math.toIntExact((sizeBytes + Blocks.SIZE_BYTES - 1) / Blocks.SIZE_BYTES);
    this.states = new State[count];
    this.crc32c = new int[count];
    Arrays.fill(states, State.MISSING);
    inherited
        .crc32cByBlock()
        .headMap(count, false)
        .forEach(
            (block, crc) -> {
              states[block] = State.INHERITED;
              crc32c[block] = crc;
            });
  }

  int count() {
    return states.length;
  }

  long from(int block) {
    return (long) block * Blocks.SIZE_BYTES;
  }

  long to(int block) {
    return Math.min(sizeBytes, from(block) + Blocks.SIZE_BYTES);
  }

  int sizeBytes(int block) {
    return (int) (to(block) - from(block));
  }

  /** Blocks in a row, half open. */
  record Run(int first, int end) {}

  /**
   * Hands out the first missing blocks in a row, not further than {@code window} blocks before the
   * hasher, so that it reads warm pages.
   *
   * @param most how many at most
   * @param sharers among how many connections the rest should be split
   */
  Optional<Run> take(int most, int window, int sharers) {
    int missing = (int) Arrays.stream(states).filter(State.MISSING::equals).count();
    if (missing == 0) {
      return Optional.empty();
    }
    int limit = Math.clamp((missing + sharers - 1L) / sharers, 1, most);
    int reach = (int) Math.min(states.length, (long) hashed + window);
    for (int first = hashed; first < reach; first++) {
      if (states[first] == State.MISSING) {
        int end = first;
        while (end < reach && end - first < limit && states[end] == State.MISSING) {
          states[end++] = State.FETCHING;
        }
        return Optional.of(new Run(first, end));
      }
    }
    return Optional.empty();
  }

  /** Hands out everything that is missing to one reader of the whole file. */
  void takeAll() {
    for (int block = 0; block < states.length; block++) {
      if (states[block] == State.MISSING) {
        states[block] = State.FETCHING;
      }
    }
  }

  boolean anyMissing() {
    return Arrays.asList(states).contains(State.MISSING);
  }

  boolean fetching(int block) {
    return states[block] == State.FETCHING;
  }

  void written(int block, int crc) {
    states[block] = State.WRITTEN;
    crc32c[block] = crc;
  }

  /** Gives back what is still being fetched of these blocks. */
  void giveBack(Run run) {
    for (int block = run.first(); block < run.end(); block++) {
      if (states[block] == State.FETCHING) {
        states[block] = State.MISSING;
      }
    }
  }

  /** The block to hash next, when it is there. */
  Optional<Integer> hashable() {
    boolean there =
        hashed < states.length
            && (states[hashed] == State.WRITTEN || states[hashed] == State.INHERITED);
    return there ? Optional.of(hashed) : Optional.empty();
  }

  boolean inherited(int block) {
    return states[block] == State.INHERITED;
  }

  int crc32c(int block) {
    return crc32c[block];
  }

  /** The block is hashed, and as good as its CRC if it was inherited. */
  void hashed(int block) {
    states[block] = State.WRITTEN;
    hashed = block + 1;
  }

  /** An inherited block turned out bad. */
  void lost(int block) {
    states[block] = State.MISSING;
  }

  boolean allHashed() {
    return hashed == states.length;
  }

  /** Bytes of the blocks that are there. */
  long doneBytes() {
    long sum = 0;
    for (int block = 0; block < states.length; block++) {
      if (states[block] == State.WRITTEN || states[block] == State.INHERITED) {
        sum += sizeBytes(block);
      }
    }
    return sum;
  }

  /** The CRCs in the form of the manifest. */
  Blocks blocks() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * crc32c.length);
    for (int crc : crc32c) {
      bytes.putInt(crc);
    }
    return new Blocks(Blocks.SIZE_BYTES, Base64.getEncoder().encodeToString(bytes.array()));
  }
}
