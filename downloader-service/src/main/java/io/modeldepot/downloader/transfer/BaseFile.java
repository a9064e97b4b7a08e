package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.ByteRange;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.Overlap;
import io.modeldepot.store.chunk.XxHash64;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An earlier version that pieces are taken from. What of it cannot be read, or is not what its list
 * said, is fetched like everything else. Safe for threads.
 */
final class BaseFile implements AutoCloseable {
  private final ChunkList list;
  private final List<Overlap.Run> runs;
  private final FileChannel base;
  private final PieceOffsets offsets;

  /** Pieces that could not be read or are not what they should be. */
  private final Set<Integer> bad = ConcurrentHashMap.newKeySet();

  private BaseFile(KnownPieces known, PieceOffsets offsets, FileChannel base) {
    this.list = known.list();
    this.runs = known.overlap().runs();
    this.offsets = offsets;
    this.base = base;
  }

  /**
   * @throws IOException if the file cannot be opened
   */
  static BaseFile open(KnownPieces known, PieceOffsets offsets) throws IOException {
    return new BaseFile(
        known,
        offsets,
        FileChannel.open(known.base(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** Where the next byte is, from a place on, that can be taken from here; else {@code end}. */
  long nextFrom(long at, long end) {
    for (int run = index(at); run < runs.size() && runs.get(run).at() < end; run++) {
      long place = Math.max(at, runs.get(run).at());
      while (place < runs.get(run).end() && bad.contains(offsets.around(place))) {
        place = offsets.of(offsets.around(place) + 1);
      }
      if (place < runs.get(run).end()) {
        return Math.min(place, end);
      }
    }
    return end;
  }

  /**
   * What cannot be taken from here, from a place on.
   *
   * @param most how many places at most; the first ones
   */
  List<ByteRange> lacking(long at, long end, int most) {
    List<ByteRange> lacking = new ArrayList<>();
    long place = at;
    while (place < end && lacking.size() < most) {
      long here = nextFrom(place, end);
      if (here > place) {
        lacking.add(new ByteRange(place, here));
      }
      place = here < end ? endOf(here, end) : end;
    }
    return lacking;
  }

  /** How far it goes on from a place that can be taken from here. */
  private long endOf(long at, long end) {
    long until = Math.min(end, runs.get(index(at)).end());
    for (int piece : bad) {
      long from = offsets.of(piece);
      if (from > at && from < until) {
        until = from;
      }
    }
    return until;
  }

  /**
   * Reads the pieces from the one around a place on as far as they fit, each compared with its
   * digest.
   *
   * @param at a place that {@link #nextFrom} named
   * @param into at least the longest piece; what is wanted of it lies from the result's offset on
   * @return what was read, up to the first piece that is not what it should be, which will not be
   *     named again; perhaps nothing
   */
  Taken take(long at, byte[] into) {
    Overlap.Run run = runs.get(index(at));
    int first = offsets.around(at);
    long start = offsets.of(first);
    int end = first + 1;
    while (end < run.piece() + run.pieces() && offsets.of(end + 1) - start <= into.length) {
      end++;
    }
    boolean read = read(run.from() + start - run.at(), into, (int) (offsets.of(end) - start));
    int right = read ? firstWrong(first, end, into) : first;
    if (right < end) {
      bad.add(right);
    }
    return right == first
        ? new Taken(0, 0)
        : new Taken((int) (at - start), (int) (offsets.of(right) - start));
  }

  /**
   * Bytes in a buffer.
   *
   * @param offset of the first
   * @param end after the last
   */
  record Taken(int offset, int end) {}

  private boolean read(long from, byte[] into, int length) {
    ByteBuffer sink = ByteBuffer.wrap(into, 0, length);
    try {
      while (sink.hasRemaining()) {
        if (base.read(sink, from + sink.position()) < 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first of these pieces that is not what it should be; {@code end} if all are. */
  private int firstWrong(int first, int end, byte[] bytes) {
    int at = 0;
    for (int piece = first; piece < end; piece++) {
      if (XxHash64.of(bytes, at, list.length(piece)) != list.digest(piece)) {
        return piece;
      }
      at += list.length(piece);
    }
    return end;
  }

  /** The first run that ends after a place. */
  private int index(long at) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).end() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void close() throws IOException {
    base.close();
  }
}
