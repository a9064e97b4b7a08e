package io.modeldepot.downloader.transfer;

import io.modeldepot.events.terms.Blocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a lease go, whether they come from the network or from an earlier version: to
 * their place in the file, block by block, each journaled when it is complete. Belongs to one
 * connection.
 */
final class LeaseWriter {
  /**
   * Four connections write to one file, and take turns at its lock: the larger, the fewer turns.
   */
  private static final int BUFFER_BYTES = 256 * 1024;

  private final TransferRun run;
  private final TransferSettings settings;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CRC32C crc = new CRC32C();
  private final byte[] heap = new byte[BUFFER_BYTES];
  private @Nullable Lease held;
  private @Nullable PieceWatch watch;
  private long position;
  private int blocksDone;

  LeaseWriter(TransferRun run, TransferSettings settings) {
    this.run = run;
    this.settings = settings;
  }

  /** Begins with a lease, at its first block. */
  void begin(Lease lease) {
    held = lease;
    watch = lease.file().watch().orElse(null);
    position = blocks().from(lease.run().first());
    crc.reset();
  }

  /** Goes on with another lease of the same file: the whole file comes, from its first byte. */
  void insteadWhole(Lease whole) {
    held = whole;
    startOver();
  }

  /** Of a whole file, which always comes from its first byte. */
  void startOver() {
    position = 0;
    crc.reset();
  }

  Lease lease() {
    return Objects.requireNonNull(held);
  }

  /** Where the next byte goes. */
  long position() {
    return position;
  }

  /** The end of the lease. */
  long end() {
    return blocks().to(lease().run().end() - 1);
  }

  /** The block in which the next byte lies. */
  int block() {
    return (int) (position / Blocks.SIZE_BYTES);
  }

  /** Where that block ends. */
  long blockEnd() {
    return blocks().to(block());
  }

  /** How many blocks were completed, over all leases. */
  int blocksDone() {
    return blocksDone;
  }

  /** Whether bytes are compared piece by piece as they come. */
  boolean isWatched() {
    return watch != null;
  }

  /** Copies from an earlier version, as far as everything is there. */
  void copyUpTo(BaseFile base, long place) throws VolumeTrouble {
    while (position < place && base.nextFrom(position, place) == position && run.wanted(lease())) {
      copyFrom(base);
    }
  }

  private void copyFrom(BaseFile base) throws VolumeTrouble {
    BaseFile.Taken taken = base.take(position, heap);
    int at = taken.offset();
    int end = (int) Math.min(taken.end(), at + end() - position);
    while (at < end) {
      int count = (int) Math.min(end - at, blockEnd() - position);
      buffer.clear().put(heap, at, count);
      write();
      run.copied(count);
      at += count;
    }
  }

  /** An empty buffer with room up to a place, for bytes from the network. */
  ByteBuffer room(long until) {
    return buffer.clear().limit((int) Math.min(BUFFER_BYTES, until - position));
  }

  /** Bytes that are not needed went by. */
  void passed(long bytes) {
    run.fetched(bytes);
    position += bytes;
  }

  /**
   * Writes what came into {@link #room}, which counts, and is compared where that is possible.
   *
   * @throws WrongPiece if it is not what it should be
   */
  void writeFetched() throws VolumeTrouble, WrongPiece {
    int bytes = buffer.position();
    if (watch != null) {
      buffer.get(0, heap, 0, bytes);
      if (!watch.isRight(position, heap, bytes)) {
        throw new WrongPiece();
      }
    }
    write();
    run.fetched(bytes);
    boolean unused = settings.bandwidth().draw(bytes, run.stop());
  }

  /** Writes what is in the buffer where it belongs; journals the block when it is complete. */
  private void write() throws VolumeTrouble {
    int block = block();
    buffer.flip();
    crc.update(buffer.duplicate());
    try {
      while (buffer.hasRemaining()) {
        position += lease().file().part().write(buffer, position);
      }
      if (position == blocks().to(block)) {
        run.blockDone(lease(), block, (int) crc.getValue());
        blocksDone++;
        crc.reset();
      } else {
        lease().unfinishedBytes(position - blocks().from(block));
      }
    } catch (IOException e) {
      throw new VolumeTrouble(e);
    } finally {
      buffer.clear().limit(0);
    }
  }

  private BlockMap blocks() {
    return lease().file().blocks;
  }
}
