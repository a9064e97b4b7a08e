package io.modeldepot.benchmarks.code;

import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to know a file's SHA-256, its git id and where it is damaged, beside the SHA-256
 * alone. 64 MiB an operation, fed in buffers of {@code bufferBytes}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DigesterBenchmark {
  private static final int FILE_BYTES = 64 << 20;

  @Param({"65536", "262144"})
  public int bufferBytes = 65_536;

  private final byte[] buffer = new byte[1 << 20];

  /** The barest: what {@code sha256sum} does. */
  @Benchmark
  public byte[] sha256Alone() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int done = 0; done < FILE_BYTES; done += bufferBytes) {
      digest.update(buffer, 0, bufferBytes);
    }
    return digest.digest();
  }

  /** SHA-256 and the CRC32C of every block. */
  @Benchmark
  public FileDigests sha256AndBlocks() {
    return fed(Digester.sha256(FILE_BYTES));
  }

  /** The same and git's SHA-1. */
  @Benchmark
  public FileDigests sha256AndBlocksAndGit() {
    return fed(Digester.withGitSha1(FILE_BYTES));
  }

  private FileDigests fed(Digester digester) {
    for (int done = 0; done < FILE_BYTES; done += bufferBytes) {
      digester.update(buffer, 0, bufferBytes);
    }
    return digester.finish();
  }
}
