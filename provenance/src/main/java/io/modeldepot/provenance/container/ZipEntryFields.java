package io.modeldepot.provenance.container;

/**
 * One entry of a ZIP's directory, or a local header that stands alone.
 *
 * @param name as stated there
 * @param flags general purpose bits
 * @param method 0 stored, 8 deflated
 * @param packedBytes length in the archive
 * @param unpackedBytes length when unpacked
 * @param offset of the local header
 */
record ZipEntryFields(
    String name, int flags, int method, long packedBytes, long unpackedBytes, long offset) {
  static final int CENTRAL_BYTES = 46;
  static final int LOCAL_BYTES = 30;

  /** From a header of the directory, complete with its name and extra field. */
  static ZipEntryFields ofCentral(Fields header, Fields extra, String name) {
    long packed = header.u4(20);
    long unpacked = header.u4(24);
    long offset = header.u4(42);
    for (int at = 0; at + 4 <= extra.size(); at += 4 + extra.u2(at + 2)) {
      int end = Math.min(extra.size(), at + 4 + extra.u2(at + 2));
      if (extra.u2(at) != 1) {
        continue;
      }
      int next = at + 4;
      if (unpacked == 0xffffffffL && next + 8 <= end) {
        unpacked = extra.u8(next);
        next += 8;
      }
      if (packed == 0xffffffffL && next + 8 <= end) {
        packed = extra.u8(next);
        next += 8;
      }
      if (offset == 0xffffffffL && next + 8 <= end) {
        offset = extra.u8(next);
      }
    }
    return new ZipEntryFields(name, header.u2(8), header.u2(10), packed, unpacked, offset);
  }

  /** From a local header with its name. */
  static ZipEntryFields ofLocal(Fields header, String name, long offset) {
    return new ZipEntryFields(
        name, header.u2(6), header.u2(8), header.u4(18), header.u4(22), offset);
  }

  /** Whether a flag is set that says the bytes are not as they stand: encrypted, patched. */
  boolean saysEncrypted() {
    return (flags & 0x2061) != 0;
  }

  Part.Packing packing() {
    return switch (method) {
      case 0 -> Part.Packing.STORED;
      case 8 -> Part.Packing.DEFLATED;
      default -> Part.Packing.OPAQUE;
    };
  }
}
