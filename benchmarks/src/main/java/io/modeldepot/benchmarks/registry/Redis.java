package io.modeldepot.benchmarks.registry;

import io.modeldepot.benchmarks.rig.Rig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A Redis of the benchmark's own. */
final class Redis implements AutoCloseable {
  private static final long TO_START_NANOS = 10_000_000_000L;

  private final Process process;
  private final int port;

  private Redis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Redis start(Path work) throws IOException {
    int port = Rig.freePort();
    Process process =
        new ProcessBuilder(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "")
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("redis.log").toFile())
            .start();
    long end = System.nanoTime() + TO_START_NANOS;
    while (System.nanoTime() < end) {
      try (Socket unused = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new Redis(process, port);
      } catch (IOException e) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    process.destroy();
    throw new IOException("redis-server does not start; see " + work.resolve("redis.log"));
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
