package io.modeldepot.provenance.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The bytes of a file, of the length that it had when it was opened. Whoever opens it closes it.
 */
public final class FileBytes implements Bytes, AutoCloseable {
  private final FileChannel channel;
  private final long size;

  private FileBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    size = channel.size();
  }

  /** Opens a file; a symbolic link is refused. */
  public static FileBytes open(Path file) throws IOException {
    return new FileBytes(
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long at, byte[] into, int offset, int length) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.wrap(into, offset, (int) Math.max(0, Math.min(length, size - at)));
    int start = buffer.position();
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at + buffer.position() - start);
      if (count < 0) {
        break;
      }
    }
    return buffer.position() - start;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
