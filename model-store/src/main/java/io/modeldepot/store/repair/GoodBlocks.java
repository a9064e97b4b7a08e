package io.modeldepot.store.repair;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.PartResume;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Copies what is still good of a damaged file, block by block. */
final class GoodBlocks {
  private final FileCalls calls;
  private final PartResume parts;

  GoodBlocks(Volume volume) {
    this.calls = volume.calls();
    this.parts = new PartResume(volume);
  }

  /**
   * Copies every block whose CRC32C is the manifest's into a new part, from the first source that
   * has it; a block that the device refuses is a bad one. The copy is nowhere wrong: each block is
   * compared before it is written.
   *
   * @param sources files that have or should have the content; one that is not there has no block
   * @return which blocks the part has; there is no part if no source could be opened
   */
  BlockRanges copy(List<Path> sources, ManifestFile file, Claim claim, String name)
      throws IOException {
    BlockCrcs expected;
    try {
      expected = BlockCrcs.of(file.blocks().orElseThrow(), file.sizeBytes());
    } catch (IllegalArgumentException e) {
      // Unusable block digests say nothing; the file is fetched whole.
      return BlockRanges.NONE;
    }
    BitSet good = new BitSet();
    Optional<Path> part = Optional.empty();
    for (Path source : sources) {
      try (OpenFile in = calls.openForReading(source)) {
        if (part.isEmpty()) {
          part = Optional.of(parts.allocate(claim, name, file.sizeBytes()));
        }
        copy(in, part.get(), file, expected, good);
      } catch (FileCallFailed e) {
        if (!e.errno().outOfReach()) {
          throw e;
        }
      }
      if (good.cardinality() == expected.count()) {
        break;
      }
    }
    return BlockRanges.of(good);
  }

  private void copy(OpenFile in, Path part, ManifestFile file, BlockCrcs expected, BitSet good)
      throws IOException {
    try (OpenFile out = calls.openForWriting(part)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Blocks.SIZE_BYTES);
      for (int block = good.nextClearBit(0);
          block < expected.count();
          block = good.nextClearBit(block + 1)) {
        if (isGood(in, file, block, expected.get(block), buffer)) {
          out.write(buffer, (long) block * Blocks.SIZE_BYTES);
          good.set(block);
        }
      }
      out.sync();
    }
  }

  private static boolean isGood(
      OpenFile in, ManifestFile file, int block, int crc, ByteBuffer buffer) {
    long at = (long) block * Blocks.SIZE_BYTES;
    buffer.clear().limit((int) Math.min(Blocks.SIZE_BYTES, file.sizeBytes() - at));
    try {
      int read = in.read(buffer, at);
      if (read < buffer.limit()) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    buffer.flip();
    return BlockCrcs.crc32c(buffer.duplicate()) == crc;
  }
}
