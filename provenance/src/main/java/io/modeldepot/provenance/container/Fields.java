package io.modeldepot.provenance.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers of a header, lowest byte first. */
final class Fields {
  private final ByteBuffer bytes;

  Fields(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int size() {
    return bytes.limit();
  }

  int u2(int at) {
    return bytes.getShort(at) & 0xffff;
  }

  long u4(int at) {
    return bytes.getInt(at) & 0xffffffffL;
  }

  /** Of eight bytes; what is past all files is as good as the greatest number. */
  long u8(int at) {
    long value = bytes.getLong(at);
    return value < 0 ? Long.MAX_VALUE : value;
  }

  boolean signature(int at, int third, int fourth) {
    return at + 4 <= size()
        && bytes.get(at) == 'P'
        && bytes.get(at + 1) == 'K'
        && bytes.get(at + 2) == third
        && bytes.get(at + 3) == fourth;
  }

  String text(int at, int length) {
    int end = Math.min(size(), at + length);
    byte[] raw = new byte[Math.max(0, end - at)];
    bytes.get(at, raw);
    return new String(raw, StandardCharsets.UTF_8);
  }
}
