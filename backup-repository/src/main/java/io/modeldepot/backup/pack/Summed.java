package io.modeldepot.backup.pack;

import io.modeldepot.events.terms.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A zstd frame, and behind it the SHA-256 of its bytes in a frame that every decompressor skips.
 * The checksum in a frame is of what it unpacks to: some bits of a frame's head may flip and change
 * nothing of that, and then nobody would know that the disk lies.
 */
final class Summed {
  private static final int MAGIC = 0x184D2A5D;
  private static final int DIGEST_BYTES = 32;
  private static final int TAIL_BYTES = Integer.BYTES + Integer.BYTES + DIGEST_BYTES;

  private Summed() {}

  static byte[] of(byte[] frame) {
    return ByteBuffer.allocate(frame.length + TAIL_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(frame)
        .putInt(MAGIC)
        .putInt(DIGEST_BYTES)
        .put(digest(frame))
        .array();
  }

  /** Whether there is a digest behind it. */
  static boolean is(byte[] bytes) {
    if (bytes.length < TAIL_BYTES) {
      return false;
    }
    ByteBuffer tail =
        ByteBuffer.wrap(bytes, bytes.length - TAIL_BYTES, TAIL_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    return tail.getInt() == MAGIC && tail.getInt() == DIGEST_BYTES;
  }

  /**
   * The frame.
   *
   * @throws DamagedObject if it is not what its digest says
   */
  static byte[] content(byte[] bytes, String name) throws DamagedObject {
    byte[] frame = Arrays.copyOf(bytes, bytes.length - TAIL_BYTES);
    byte[] said = Arrays.copyOfRange(bytes, bytes.length - DIGEST_BYTES, bytes.length);
    if (!Arrays.equals(digest(frame), said)) {
      throw new DamagedObject(name, "its digest does not hold");
    }
    return frame;
  }

  private static byte[] digest(byte[] frame) {
    return HexFormat.of().parseHex(Sha256.ofBytes(frame).value());
  }
}
