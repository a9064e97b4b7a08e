package io.modeldepot.provenance.scan;

import java.util.List;
import java.util.Optional;

/** What a file's first bytes say it is packed with. */
final class Magic {
  private static final List<Named> OPAQUE =
      List.of(
          new Named("7z", 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c),
          new Named("xz", 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
          new Named("LZ4", 0x04, 0x22, 0x4d, 0x18),
          new Named("Zstandard", 0x28, 0xb5, 0x2f, 0xfd),
          new Named("RAR", 0x52, 0x61, 0x72, 0x21, 0x1a, 0x07),
          new Named("legacy joblib", 'Z', 'F', '0', 'x'));
  private static final Named BZIP2_BLOCK = new Named("bzip2", 0x31, 0x41, 0x59, 0x26, 0x53, 0x59);
  private static final int LZMA_HEADER_BYTES = 13;

  private Magic() {}

  /** The name of a packing that cannot be looked into here. */
  static Optional<String> opaque(byte[] head) {
    boolean bzip2 = begins(head, 0, 'B', 'Z', 'h') && BZIP2_BLOCK.at(head, 4);
    if (bzip2) {
      return Optional.of("bzip2");
    }
    if (lzma(head)) {
      return Optional.of("LZMA");
    }
    return OPAQUE.stream().filter(kind -> kind.at(head, 0)).map(Named::name).findFirst();
  }

  static boolean gzip(byte[] head) {
    return begins(head, 0, 0x1f, 0x8b, 0x08);
  }

  /** zlib: deflate with a window of up to 32 KiB, and a check over both bytes (RFC 1950). */
  static boolean zlib(byte[] head) {
    return head.length > 2
        && (head[0] & 0x0f) == 8
        && (head[0] & 0xf0) <= 0x70
        && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
  }

  static boolean numpy(byte[] head) {
    return begins(head, 0, 0x93, 'N', 'U', 'M', 'P', 'Y') && head.length >= 12;
  }

  /** As Python writes it: usual properties, an unknown length. */
  private static boolean lzma(byte[] head) {
    boolean long0 = head.length >= LZMA_HEADER_BYTES && head[0] == 0x5d;
    for (int i = 5; long0 && i < LZMA_HEADER_BYTES; i++) {
      long0 = head[i] == (byte) 0xff;
    }
    return long0;
  }

  private static boolean begins(byte[] head, int at, int... bytes) {
    return new Named("", bytes).at(head, at);
  }

  /** Bytes with a name. */
  private static final class Named {
    private final String name;
    private final int[] bytes;

    Named(String name, int... bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    String name() {
      return name;
    }

    boolean at(byte[] head, int from) {
      boolean same = head.length >= from + bytes.length;
      for (int i = 0; same && i < bytes.length; i++) {
        same = (head[from + i] & 0xff) == bytes[i];
      }
      return same;
    }
  }
}
