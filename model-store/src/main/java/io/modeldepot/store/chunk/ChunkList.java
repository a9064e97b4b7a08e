package io.modeldepot.store.chunk;

import io.modeldepot.events.terms.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The pieces of a file, in its order.
 *
 * <p>As bytes, numbers big endian: {@code DPTCHNK1}, the file's SHA-256 (32 bytes), its length (8),
 * the number of pieces (4); of each piece its length (7 bits a byte, lowest first, the top bit says
 * that more follow) and its XXH64 (8); last the CRC32C of all before (4). About 11 bytes for 64
 * KiB.
 */
public final class ChunkList {
  /** The form of the bytes, part of the address under which mirrors offer a list. */
  public static final String VERSION = "1";

  /** No piece is longer. */
  public static final int LONGEST_BYTES = 4 * Chunker.USUAL_BYTES;

  private static final byte[] MAGIC = "DPTCHNK1".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;
  private static final int HEAD_BYTES = MAGIC.length + DIGEST_BYTES + 8 + 4;

  private final Sha256 sha256;
  private final long sizeBytes;
  private final int[] lengths;
  private final long[] digests;

  ChunkList(Sha256 sha256, long sizeBytes, int[] lengths, long[] digests) {
    this.sha256 = sha256;
    this.sizeBytes = sizeBytes;
    this.lengths = lengths;
    this.digests = digests;
  }

  /** What the file is. */
  public Sha256 sha256() {
    return sha256;
  }

  /** Length of the file. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** How many pieces. */
  public int count() {
    return lengths.length;
  }

  /** Length of a piece, bytes. */
  public int length(int piece) {
    return lengths[piece];
  }

  /** XXH64 of a piece. */
  public long digest(int piece) {
    return digests[piece];
  }

  /** As bytes; equal lists are equal bytes. */
  public byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + lengths.length * (5 + 8) + 4);
    bytes.put(MAGIC).put(HexFormat.of().parseHex(sha256.value()));
    bytes.putLong(sizeBytes).putInt(lengths.length);
    for (int piece = 0; piece < lengths.length; piece++) {
      int left = lengths[piece];
      while (left > 0x7F) {
        bytes.put((byte) (left | 0x80));
        left >>>= 7;
      }
      bytes.put((byte) left).putLong(digests[piece]);
    }
    bytes.putInt(crc(bytes.array(), bytes.position()));
    byte[] exactly = new byte[bytes.position()];
    System.arraycopy(bytes.array(), 0, exactly, 0, exactly.length);
    return exactly;
  }

  /**
   * Reads a list, whoever wrote it.
   *
   * @throws MalformedChunkList if it is none: its pieces are not the file, or something is missing
   */
  public static ChunkList of(byte[] bytes) throws MalformedChunkList {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      byte[] digest = new byte[DIGEST_BYTES];
      in.get(digest);
      long sizeBytes = in.getLong();
      int count = in.getInt();
      if (!java.util.Arrays.equals(magic, MAGIC) || count < 0 || count > in.remaining() / 9) {
        throw new MalformedChunkList("It does not begin like a list of pieces.");
      }
      int[] lengths = new int[count];
      long[] digests = new long[count];
      long sum = 0;
      for (int piece = 0; piece < count; piece++) {
        lengths[piece] = length(in);
        digests[piece] = in.getLong();
        sum += lengths[piece];
      }
      if (in.getInt() != crc(bytes, in.position() - 4) || in.hasRemaining() || sum != sizeBytes) {
        throw new MalformedChunkList("Its pieces do not make up the file, or it is damaged.");
      }
      return new ChunkList(
          Sha256.of(HexFormat.of().formatHex(digest)), sizeBytes, lengths, digests);
    } catch (BufferUnderflowException e) {
      throw new MalformedChunkList("It ends too early.");
    }
  }

  private static int length(ByteBuffer in) throws MalformedChunkList {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = in.get();
      length |= (next & 0x7F) << shift;
      if (next >= 0) {
        boolean padded = next == 0 && shift > 0;
        if (length == 0 || padded || length > LONGEST_BYTES) {
          throw new MalformedChunkList("It has a piece of " + length + " bytes.");
        }
        return length;
      }
    }
    throw new MalformedChunkList("It has a piece that is too long.");
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
