package io.modeldepot.provenance.scan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** ZIP archives written record by record, so that each record can lie. */
final class Archive {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<byte[]> directory = new ArrayList<>();
  private int flags;
  private int crcError;
  private boolean lies;

  Archive flags(int bits) {
    flags = bits;
    return this;
  }

  Archive wrongChecksums() {
    crcError = 1;
    return this;
  }

  /** The directory has another name for what follows. */
  Archive otherNamesInDirectory() {
    lies = true;
    return this;
  }

  Archive stored(String name, byte[] content) {
    return entry(name, content, content, 0, true);
  }

  Archive unlisted(String name, byte[] content) {
    return entry(name, content, content, 0, false);
  }

  Archive deflated(String name, byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return entry(name, content, java.util.Arrays.copyOf(packed, length), 8, true);
  }

  Archive raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private Archive entry(String name, byte[] content, byte[] packed, int method, boolean listed) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(content);
    int sum = (int) crc.getValue() ^ crcError;
    int offset = out.size();
    out.writeBytes(
        buffer(30 + nameBytes.length)
            .putInt(0x04034b50)
            .putShort((short) 20)
            .putShort((short) flags)
            .putShort((short) method)
            .putInt(0)
            .putInt(sum)
            .putInt(packed.length)
            .putInt(content.length)
            .putShort((short) nameBytes.length)
            .putShort((short) 0)
            .put(nameBytes)
            .array());
    out.writeBytes(packed);
    if (listed) {
      byte[] listedName = lies ? ("x" + name).getBytes(StandardCharsets.UTF_8) : nameBytes;
      directory.add(
          buffer(46 + listedName.length)
              .putInt(0x02014b50)
              .putShort((short) 20)
              .putShort((short) 20)
              .putShort((short) flags)
              .putShort((short) method)
              .putInt(0)
              .putInt(sum)
              .putInt(packed.length)
              .putInt(content.length)
              .putShort((short) listedName.length)
              .putShort((short) 0)
              .putShort((short) 0)
              .putInt(0)
              .putInt(0)
              .putInt(offset)
              .put(listedName)
              .array());
    }
    return this;
  }

  byte[] bytes() {
    int begin = out.size();
    directory.forEach(out::writeBytes);
    int size = out.size() - begin;
    out.writeBytes(
        buffer(22)
            .putInt(0x06054b50)
            .putInt(0)
            .putShort((short) directory.size())
            .putShort((short) directory.size())
            .putInt(size)
            .putInt(begin)
            .putShort((short) 0)
            .array());
    return out.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
