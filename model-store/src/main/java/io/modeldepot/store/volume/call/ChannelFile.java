package io.modeldepot.store.volume.call;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** An open file over a {@link FileChannel}. */
final class ChannelFile implements OpenFile {
  private final Path file;
  private final FileChannel channel;

  ChannelFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    long at = position;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw Refusals.of("write", file, e);
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int total = 0;
    try {
      while (into.hasRemaining()) {
        int read = channel.read(into, position + total);
        if (read < 0) {
          break;
        }
        total += read;
      }
      return total;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw Refusals.of("read", file, e);
    }
  }

  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw Refusals.of("size", file, e);
    }
  }

  @Override
  public void sync() throws IOException {
    try {
      channel.force(true);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw Refusals.of("sync", file, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
