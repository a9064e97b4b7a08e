package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.Chunker;
import io.modeldepot.store.layout.Layout;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The digests of a file, fed block by block in the order of the file from the pages just written:
 * SHA-256 always, the git blob id where the hub promised one, of large files also the pieces that
 * they are made of. One thread at a time.
 */
final class FileDigests {
  /** Small enough to stay in a core's cache between the copy and the hash. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(BUFFER_BYTES));

  private final RepositoryFile file;
  private final MessageDigest sha256;
  private final Optional<MessageDigest> gitSha1;
  private final Optional<Chunker> chunker;

  FileDigests(RepositoryFile file) {
    this.file = file;
    this.sha256 = digest("SHA-256");
    this.gitSha1 = file.gitSha1().map(_ -> digest("SHA-1"));
    this.chunker =
        file.sizeBytes() < Layout.SMALL_BYTES
            ? Optional.empty()
            : Optional.of(new Chunker(file.sizeBytes()));
    gitSha1.ifPresent(
        git -> git.update(("blob " + file.sizeBytes() + "\0").getBytes(StandardCharsets.US_ASCII)));
  }

  /** Feeds bytes of the part. */
  void feed(FileChannel part, long from, long to) throws IOException {
    read(part, from, to, this::update);
  }

  /**
   * Feeds bytes of the part if they have this CRC32C; else nothing was fed. They are read twice,
   * the second time from memory: nothing has to be taken back.
   *
   * @return whether they have
   */
  boolean feedCompared(FileChannel part, long from, long to, int crc32c) throws IOException {
    CRC32C seen = new CRC32C();
    try {
      read(part, from, to, seen::update);
    } catch (EOFException e) {
      return false;
    }
    boolean same = (int) seen.getValue() == crc32c;
    if (same) {
      feed(part, from, to);
    }
    return same;
  }

  private void update(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    gitSha1.ifPresent(git -> git.update(bytes, offset, length));
    chunker.ifPresent(pieces -> pieces.update(bytes, offset, length));
  }

  /** The pieces of the file, once all of it was fed; of a small file none. */
  Optional<ChunkList> pieces() {
    return chunker.map(pieces -> pieces.finish(sha256()));
  }

  Sha256 sha256() {
    return Sha256.of(HexFormat.of().formatHex(copy(sha256).digest()));
  }

  Optional<GitSha1> gitSha1() {
    return gitSha1.map(git -> GitSha1.of(HexFormat.of().formatHex(copy(git).digest())));
  }

  /** Somebody who is given bytes. */
  private interface Sink {
    void update(byte[] bytes, int offset, int length);
  }

  private void read(FileChannel part, long from, long to, Sink sink) throws IOException {
    ByteBuffer buffer = BUFFER.get();
    long position = from;
    while (position < to) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - position));
      int read = part.read(buffer, position);
      if (read < 0) {
        throw new EOFException("The part of " + file.path() + " is shorter than its journal says.");
      }
      sink.update(buffer.array(), 0, read);
      position += read;
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's digests can be copied", e);
    }
  }
}
