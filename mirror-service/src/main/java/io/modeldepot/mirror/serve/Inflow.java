package io.modeldepot.mirror.serve;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.mirror.shelf.Supply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Reads a file in order while it is being downloaded, and waits where it is ahead. Gives out only
 * blocks that have the CRC32C of the journal, and of content that nothing vouches for yet never the
 * last mebibyte: a reader that gets all bytes got the right ones. For one thread.
 */
final class Inflow {
  /** What is kept back until the digest of the whole is known to be right. */
  static final long HELD_BACK_BYTES = 1L << 20;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final int CHUNK_BYTES = 1 << 18;

  /** Why no more bytes come. */
  static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    Cut(String why) {
      super(why);
    }
  }

  /** Takes bytes in order; returns when it can take more. The buffer is used again then. */
  interface Sink {
    void take(ByteBuffer bytes) throws IOException;
  }

  private final Supplier<Supply> supply;
  private final long sizeBytes;
  private final Duration patience;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
  private int attempt = -1;

  /**
   * A reader.
   *
   * @param supply looks where the bytes are now
   * @param sizeBytes of the file
   * @param patience how long nothing may come
   */
  Inflow(Supplier<Supply> supply, long sizeBytes, Duration patience) {
    this.supply = supply;
    this.sizeBytes = sizeBytes;
    this.patience = patience;
  }

  /**
   * Gives out the bytes of a range.
   *
   * @throws Cut if they do not come any more, if none came for too long, or if those that went out
   *     belong to a content that turned out to be wrong
   */
  void read(long fromByte, long toByte, Sink sink) throws IOException, InterruptedException {
    long at = fromByte;
    long since = System.nanoTime();
    while (at < toByte) {
      long next = step(at, toByte, sink);
      if (next > at) {
        at = next;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        throw new Cut("nothing came for " + patience.toSeconds() + " s");
      } else {
        Thread.sleep(LOOK_AGAIN);
      }
    }
  }

  private long step(long at, long toByte, Sink sink) throws IOException {
    return switch (supply.get()) {
      case Supply.Whole(var file) -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          yield copy(channel, at, toByte, sink);
        } catch (NoSuchFileException e) {
          yield at;
        }
      }
      case Supply.Growing growing -> grow(growing, at, toByte, sink);
      case Supply.NotYet _ -> at;
      case Supply.Over _ -> throw new Cut("the download is over, or fetches other content");
    };
  }

  private long grow(Supply.Growing growing, long at, long toByte, Sink sink) throws IOException {
    if (attempt >= 0 && attempt != growing.attempt()) {
      throw new Cut("the content that was sent so far had another digest than the hub states");
    }
    long limit = Math.min(toByte, sizeBytes - HELD_BACK_BYTES);
    long now = at;
    try (FileChannel channel = FileChannel.open(growing.file(), StandardOpenOption.READ)) {
      while (now < limit) {
        int block = Math.toIntExact(now / Blocks.SIZE_BYTES);
        long begin = (long) block * Blocks.SIZE_BYTES;
        long end = Math.min(begin + Blocks.SIZE_BYTES, sizeBytes);
        if (!growing.has(block) || crc32c(channel, begin, end) != growing.crc32c()[block]) {
          break;
        }
        attempt = growing.attempt();
        now = copy(channel, now, Math.min(end, limit), sink);
      }
    } catch (NoSuchFileException e) {
      // Moved by a takeover between two looks.
      return now;
    }
    return now;
  }

  /** Of bytes that are there; something else than any journal's where the file is shorter. */
  private long crc32c(FileChannel channel, long from, long to) throws IOException {
    CRC32C crc = new CRC32C();
    for (long at = from; at < to; ) {
      buffer.clear().limit((int) Math.min(CHUNK_BYTES, to - at));
      int read = channel.read(buffer, at);
      if (read < 0) {
        return Long.MIN_VALUE;
      }
      crc.update(buffer.flip());
      at += read;
    }
    return (int) crc.getValue();
  }

  private long copy(FileChannel channel, long from, long to, Sink sink) throws IOException {
    for (long at = from; at < to; ) {
      buffer.clear().limit((int) Math.min(CHUNK_BYTES, to - at));
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new Cut("the file became shorter while it was read");
      }
      sink.take(buffer.flip());
      at += read;
    }
    return to;
  }
}
