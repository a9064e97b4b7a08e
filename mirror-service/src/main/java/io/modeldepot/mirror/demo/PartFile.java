package io.modeldepot.mirror.demo;

import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is hashed while it is written. */
final class PartFile implements AutoCloseable {
  private final FileChannel channel;
  private final Digester digester;

  private PartFile(FileChannel channel, Digester digester) {
    this.channel = channel;
    this.digester = digester;
  }

  /** A file that is known by its SHA-256. */
  static PartFile large(Path path, long sizeBytes) throws IOException {
    return new PartFile(open(path), Digester.sha256(sizeBytes));
  }

  /** A file that is known by git's id too. */
  static PartFile regular(Path path, long sizeBytes) throws IOException {
    return new PartFile(open(path), Digester.withGitSha1(sizeBytes));
  }

  void write(byte[] bytes, int length) throws IOException {
    digester.update(bytes, 0, length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** The digests, after the last byte. */
  FileDigests finish() {
    return digester.finish();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }
}
