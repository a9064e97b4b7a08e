package io.modeldepot.store.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Some bytes of an open file as a stream; closing it leaves the file open. */
final class ChannelSlice extends InputStream {
  private final FileChannel channel;
  private final long endByte;
  private long at;

  ChannelSlice(FileChannel channel, long fromByte, long lengthBytes) {
    this.channel = channel;
    this.at = fromByte;
    this.endByte = fromByte + lengthBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (at >= endByte) {
      return -1;
    }
    int wanted = (int) Math.min(length, endByte - at);
    int got = channel.read(ByteBuffer.wrap(into, offset, wanted), at);
    if (got > 0) {
      at += got;
    }
    return got;
  }
}
