package io.modeldepot.store.chunk;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.inspect.MalformedModelFile;
import io.modeldepot.store.inspect.SafetensorsHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes the list of a file from its bytes in order, in one pass beside the digests. A safetensors
 * file is cut at its tensors and every 64 KiB within them; in any other file, where an insertion
 * may move everything and nothing says where to, the content says where to cut. One thread at a
 * time.
 */
public final class Chunker {
  /** The longest piece of a tensor, and the mean of what content cuts. */
  public static final int USUAL_BYTES = 64 << 10;

  private static final int SMALL_TENSOR_BYTES = 16 << 10;
  private static final int LENGTH_BYTES = 8;

  /** What tells a safetensors file: the length of its header, and the first byte of that. */
  private static final int START_BYTES = LENGTH_BYTES + 1;

  private final long sizeBytes;
  private final byte[] start = new byte[START_BYTES];
  private final XxHash64 hash = new XxHash64();
  private int started;
  private byte[] header = {};
  private long came;
  private long done;
  private Cuts cuts = FixedCuts.every(USUAL_BYTES);
  private int[] lengths = new int[64];
  private long[] digests = new long[64];
  private int count;
  private int length;

  /** A list of a file of this length. */
  public Chunker(long sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  /** One with these cuts throughout. */
  Chunker(long sizeBytes, Cuts cuts) {
    this(sizeBytes);
    this.started = START_BYTES;
    this.cuts = cuts;
  }

  /**
   * Cut by the content alone, whatever the file is.
   *
   * @param averageBytes a power of two
   */
  public static Chunker byContent(long sizeBytes, int averageBytes) {
    return new Chunker(sizeBytes, new GearCuts(averageBytes));
  }

  /** Cut every so many bytes, whatever the file is. */
  public static Chunker every(long sizeBytes, int bytes) {
    return new Chunker(sizeBytes, FixedCuts.every(bytes));
  }

  /**
   * The next bytes.
   *
   * @throws IllegalArgumentException if the file would become longer than was said
   */
  public void update(byte[] bytes, int offset, int length) {
    came += length;
    if (came > sizeBytes) {
      throw new IllegalArgumentException("More than " + sizeBytes + " bytes.");
    }
    int at = offset;
    int left = length;
    if (started < START_BYTES) {
      int missing = Math.min(START_BYTES - started, left);
      System.arraycopy(bytes, at, start, started, missing);
      started += missing;
      at += missing;
      left -= missing;
      if (started < START_BYTES) {
        return;
      }
      begin();
    }
    while (left > 0 && done < headerEnd()) {
      int piece = (int) Math.min(left, headerEnd() - done);
      System.arraycopy(bytes, at, header, (int) done - LENGTH_BYTES, piece);
      cut(bytes, at, piece);
      at += piece;
      left -= piece;
      if (done == headerEnd()) {
        content();
      }
    }
    cut(bytes, at, left);
  }

  private void begin() {
    long headerBytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    boolean safetensors =
        start[LENGTH_BYTES] == '{'
            && headerBytes > 1
            && headerBytes <= Math.min(SafetensorsHeader.MAX_HEADER_BYTES, sizeBytes - 8);
    if (safetensors) {
      header = new byte[(int) headerBytes];
      header[0] = start[LENGTH_BYTES];
    } else {
      cuts = new GearCuts(USUAL_BYTES);
    }
    cut(start, 0, START_BYTES);
  }

  private long headerEnd() {
    return header.length == 0 ? 0 : LENGTH_BYTES + (long) header.length;
  }

  /** The header is in: from here on its tensors say where to cut, if it is one. */
  private void content() {
    endChunk();
    try {
      SafetensorsHeader read = SafetensorsHeader.parse(header, sizeBytes);
      cuts = FixedCuts.at(headerEnd(), read.tensors(), SMALL_TENSOR_BYTES, USUAL_BYTES);
    } catch (MalformedModelFile e) {
      cuts = new GearCuts(USUAL_BYTES);
    }
    header = new byte[0];
  }

  private void cut(byte[] bytes, int offset, int count) {
    int at = offset;
    int left = count;
    while (left > 0) {
      int piece = cuts.take(bytes, at, left);
      hash.update(bytes, at, piece);
      length += piece;
      done += piece;
      at += piece;
      left -= piece;
      if (cuts.isAtCut()) {
        endChunk();
      }
    }
  }

  private void endChunk() {
    if (length == 0) {
      return;
    }
    if (count == lengths.length) {
      lengths = Arrays.copyOf(lengths, count * 2);
      digests = Arrays.copyOf(digests, count * 2);
    }
    lengths[count] = length;
    digests[count] = hash.value();
    count++;
    length = 0;
    hash.reset();
  }

  /**
   * The list, once.
   *
   * @param sha256 of the whole file
   * @throws IllegalStateException if bytes are missing
   */
  public ChunkList finish(Sha256 sha256) {
    if (started < START_BYTES) {
      cut(start, 0, started);
    }
    endChunk();
    if (done != sizeBytes) {
      throw new IllegalStateException("Only " + done + " of " + sizeBytes + " bytes came.");
    }
    return new ChunkList(
        sha256, sizeBytes, Arrays.copyOf(lengths, count), Arrays.copyOf(digests, count));
  }
}
