package io.modeldepot.downloader.transfer;

import java.io.IOException;

/**
 * Is told which blocks are in the parts. What it keeps is what a later run inherits.
 *
 * <p>A connection asks for nothing more until this call has returned, so when it returns durably, a
 * kill costs at most one unfinished block per connection: {@code connectionsPerJob · 16 MiB}.
 */
@FunctionalInterface
public interface BlockJournal {

  /**
   * A block has been written (handed to the operating system: it survives the process, not yet a
   * power cut, which the comparison at the next start finds out). Called from several threads at
   * once. May be called again for the same block with another CRC; the last call counts.
   *
   * @param block number from 0; every block but the last has 16 MiB
   * @param crc32c of the block's bytes as they came in
   * @throws IOException if it cannot be kept: the transfer stops with a volume failure
   */
  void blockDone(FileTask file, int block, int crc32c) throws IOException;

  /** Keeps nothing. */
  static BlockJournal forgetful() {
    return (file, block, crc32c) -> {};
  }
}
