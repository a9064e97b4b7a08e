package io.modeldepot.mirror.shelf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/** Where the bytes of a file under way are, as the volume shows it at one moment. */
public sealed interface Supply {

  /** The whole content, compared with its digest. */
  record Whole(Path file) implements Supply {}

  /**
   * A part file that grows. Nothing vouches for the whole yet, and the file may be moved or emptied
   * at any time: a block counts if it has the CRC32C that the journal states.
   *
   * @param attempt how often the content came and was wrong; bytes of two attempts do not belong
   *     together
   * @param file the part
   * @param done blocks of 16 MiB that the journal has
   * @param crc32c by block, 0 where none is known
   */
  record Growing(int attempt, Path file, BitSet done, int[] crc32c) implements Supply {
    public Growing {
      done = (BitSet) done.clone();
      crc32c = crc32c.clone();
    }

    /** Whether the journal vouches for this block. */
    public boolean has(int block) {
      return done.get(block) && block < crc32c.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Growing(int n, Path path, BitSet blocks, int[] crcs)
          && n == attempt
          && path.equals(file)
          && blocks.equals(done)
          && Arrays.equals(crcs, crc32c);
    }

    @Override
    public int hashCode() {
      return file.hashCode() * 31 + done.hashCode();
    }
  }

  /** Nothing can be read now; the job waits, begins again or moves its files. */
  record NotYet() implements Supply {}

  /** It does not come any more: the job failed, was cancelled, or fetches other content now. */
  record Over() implements Supply {}
}
