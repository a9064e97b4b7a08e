package io.modeldepot.testkit.hub;

import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, readable from any position. Cannot be changed. */
public abstract class Content {
  private @Nullable Sha256 sha256;
  private @Nullable GitSha1 gitSha1;

  private Content() {}

  /** Length in bytes. */
  public abstract long sizeBytes();

  /** Writes {@code count} bytes from a position. */
  public abstract void write(long from, long count, OutputStream out) throws IOException;

  /** These bytes. */
  public static Content of(byte[] bytes) {
    byte[] own = bytes.clone();
    return new Content() {
      @Override
      public long sizeBytes() {
        return own.length;
      }

      @Override
      public void write(long from, long count, OutputStream out) throws IOException {
        out.write(own, Math.toIntExact(from), Math.toIntExact(count));
      }
    };
  }

  /** This text in UTF-8. */
  public static Content of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** So many bytes that look random and follow from the seed. */
  public static Content random(long seed, long sizeBytes) {
    return new Random(seed, sizeBytes);
  }

  /**
   * So many bytes that are listed but that nobody has: for sizes no disk holds. Its digest is made
   * up, and reading it fails.
   */
  public static Content listed(long sizeBytes) {
    Content content =
        new Content() {
          @Override
          public long sizeBytes() {
            return sizeBytes;
          }

          @Override
          public void write(long from, long count, OutputStream out) throws IOException {
            throw new IOException("This content is listed only.");
          }
        };
    content.sha256 = Sha256.of("%064x".formatted(sizeBytes));
    content.gitSha1 = GitSha1.of("%040x".formatted(sizeBytes));
    return content;
  }

  /** The SHA-256 of the whole content. */
  public synchronized Sha256 sha256() {
    Sha256 known = sha256;
    if (known == null) {
      known = Sha256.of(HexFormat.of().formatHex(digest("SHA-256", new byte[0])));
      sha256 = known;
    }
    return known;
  }

  /** The id that git gives the whole content. */
  public synchronized GitSha1 gitSha1() {
    GitSha1 known = gitSha1;
    if (known == null) {
      byte[] prefix = ("blob " + sizeBytes() + "\0").getBytes(StandardCharsets.US_ASCII);
      known = GitSha1.of(HexFormat.of().formatHex(digest("SHA-1", prefix)));
      gitSha1 = known;
    }
    return known;
  }

  private byte[] digest(String algorithm, byte[] prefix) {
    try (DigestOutputStream out =
        new DigestOutputStream(
            OutputStream.nullOutputStream(), MessageDigest.getInstance(algorithm))) {
      out.write(prefix);
      write(0, sizeBytes(), out);
      return out.getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Random extends Content {
    private static final int BUFFER_BYTES = 64 << 10;

    private final long seed;
    private final long sizeBytes;

    Random(long seed, long sizeBytes) {
      this.seed = seed;
      this.sizeBytes = sizeBytes;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public void write(long from, long count, OutputStream out) throws IOException {
      ByteBuffer words = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      long at = from;
      long end = from + count;
      while (at < end) {
        long word = at / Long.BYTES;
        words.clear();
        while (words.hasRemaining()) {
          words.putLong(mixed(seed + word++));
        }
        int skip = (int) (at % Long.BYTES);
        int length = (int) Math.min(BUFFER_BYTES - skip, end - at);
        out.write(words.array(), skip, length);
        at += length;
      }
    }

    /** SplitMix64's finaliser. */
    private static long mixed(long value) {
      long z = value * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
