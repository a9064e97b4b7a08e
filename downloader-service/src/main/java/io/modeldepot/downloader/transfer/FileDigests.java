package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
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
 * SHA-256 always, the git blob id where the hub promised one. One thread at a time.
 */
final class FileDigests {
  /** Small enough to stay in a core's cache between the copy and the hash. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocate(BUFFER_BYTES));

  private final RepositoryFile file;
  private MessageDigest sha256;
  private Optional<MessageDigest> gitSha1;

  FileDigests(RepositoryFile file) {
    this.file = file;
    this.sha256 = digest("SHA-256");
    this.gitSha1 = file.gitSha1().map(_ -> digest("SHA-1"));
    gitSha1.ifPresent(
        git -> git.update(("blob " + file.sizeBytes() + "\0").getBytes(StandardCharsets.US_ASCII)));
  }

  /** Feeds bytes of the part. */
  void feed(FileChannel part, long from, long to) throws IOException {
    read(part, from, to, Optional.empty());
  }

  /**
   * Feeds bytes of the part if they have this CRC32C; else nothing was fed.
   *
   * @return whether they have
   */
  boolean feedCompared(FileChannel part, long from, long to, int crc32c) throws IOException {
    MessageDigest sha256Before = copy(sha256);
    Optional<MessageDigest> gitSha1Before = gitSha1.map(FileDigests::copy);
    CRC32C seen = new CRC32C();
    boolean complete = true;
    try {
      read(part, from, to, Optional.of(seen));
    } catch (EOFException e) {
      complete = false;
    }
    if (complete && (int) seen.getValue() == crc32c) {
      return true;
    }
    sha256 = sha256Before;
    gitSha1 = gitSha1Before;
    return false;
  }

  Sha256 sha256() {
    return Sha256.of(HexFormat.of().formatHex(copy(sha256).digest()));
  }

  Optional<GitSha1> gitSha1() {
    return gitSha1.map(git -> GitSha1.of(HexFormat.of().formatHex(copy(git).digest())));
  }

  private void read(FileChannel part, long from, long to, Optional<CRC32C> crc) throws IOException {
    ByteBuffer buffer = BUFFER.get();
    long position = from;
    while (position < to) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - position));
      int read = part.read(buffer, position);
      if (read < 0) {
        throw new EOFException("The part of " + file.path() + " is shorter than its journal says.");
      }
      sha256.update(buffer.array(), 0, read);
      gitSha1.ifPresent(git -> git.update(buffer.array(), 0, read));
      crc.ifPresent(c -> c.update(buffer.array(), 0, read));
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
