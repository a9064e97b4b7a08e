package io.modeldepot.store.blob;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Computes the digests of a file from its bytes in order, in one pass: SHA-256, the CRC32C of every
 * block and, on request, git's SHA-1. Feed it heap buffers of 64 to 256 KiB; the JDK's digests copy
 * direct ones piece by piece. Not safe for threads.
 */
public final class Digester {
  private final long sizeBytes;
  private final MessageDigest sha256 = digest("SHA-256");
  private final Optional<MessageDigest> sha1;
  private final BlockCrcs crcs;
  private final CRC32C crc = new CRC32C();
  private long done;

  private Digester(long sizeBytes, Optional<MessageDigest> sha1) {
    this.sizeBytes = sizeBytes;
    this.crcs = BlockCrcs.empty(sizeBytes);
    this.sha1 = sha1;
  }

  /** Without git's id, which costs two thirds more time; for files that a SHA-256 vouches for. */
  public static Digester sha256(long sizeBytes) {
    return new Digester(sizeBytes, Optional.empty());
  }

  /** With git's id. It begins with the length, so that must be known before the first byte. */
  public static Digester withGitSha1(long sizeBytes) {
    MessageDigest sha1 = digest("SHA-1");
    sha1.update(("blob " + sizeBytes + "\0").getBytes(StandardCharsets.US_ASCII));
    return new Digester(sizeBytes, Optional.of(sha1));
  }

  /**
   * The next bytes.
   *
   * @throws IllegalArgumentException if the file would become longer than was said
   */
  public void update(byte[] bytes, int offset, int length) {
    if (done + length > sizeBytes) {
      throw new IllegalArgumentException("More than " + sizeBytes + " bytes.");
    }
    sha256.update(bytes, offset, length);
    sha1.ifPresent(digest -> digest.update(bytes, offset, length));
    int at = offset;
    int left = length;
    while (left > 0) {
      int piece = (int) Math.min(left, Blocks.SIZE_BYTES - done % Blocks.SIZE_BYTES);
      crc.update(bytes, at, piece);
      at += piece;
      left -= piece;
      done += piece;
      if (done % Blocks.SIZE_BYTES == 0 || done == sizeBytes) {
        crcs.set((int) ((done - 1) / Blocks.SIZE_BYTES), (int) crc.getValue());
        crc.reset();
      }
    }
  }

  /** The next bytes, all that remain in a buffer with an array. */
  public void update(ByteBuffer bytes) {
    update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    bytes.position(bytes.limit());
  }

  /** How many bytes came so far. */
  public long done() {
    return done;
  }

  /**
   * The digests, once.
   *
   * @throws IllegalStateException if bytes are missing
   */
  public FileDigests finish() {
    if (done != sizeBytes) {
      throw new IllegalStateException("Only " + done + " of " + sizeBytes + " bytes came.");
    }
    HexFormat hex = HexFormat.of();
    return new FileDigests(
        sizeBytes,
        Sha256.of(hex.formatHex(sha256.digest())),
        sha1.map(digest -> GitSha1.of(hex.formatHex(digest.digest()))),
        crcs.toBlocks());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has " + algorithm, e);
    }
  }
}
