package io.modeldepot.backup.export;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How an archive is compressed. */
public enum Packing {
  /** {@code .tar.gz}, for {@code tar -xzf}. */
  GZIP {
    @Override
    OutputStream over(OutputStream out, int threads) {
      return new ParallelGzip(out, threads);
    }

    @Override
    public InputStream under(InputStream in) throws IOException {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
  },
  /** {@code .tar.zst}, for {@code tar --zstd -xf}. */
  ZSTD {
    @Override
    OutputStream over(OutputStream out, int threads) throws IOException {
      return new ZstdOutputStream(out, 1).setWorkers(threads).setChecksum(true);
    }

    @Override
    public InputStream under(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  };

  abstract OutputStream over(OutputStream out, int threads) throws IOException;

  /**
   * What was packed, unpacked; closing closes what it reads.
   *
   * @throws IOException if it is not packed so
   */
  public abstract InputStream under(InputStream in) throws IOException;

  /**
   * By the end of a file's name.
   *
   * @throws IllegalArgumentException if it says nothing
   */
  public static Packing of(String fileName) {
    if (fileName.endsWith(".tar.gz") || fileName.endsWith(".tgz")) {
      return GZIP;
    }
    if (fileName.endsWith(".tar.zst")) {
      return ZSTD;
    }
    throw new IllegalArgumentException(
        "The name must end with .tar.gz, .tgz or .tar.zst: " + fileName);
  }
}
