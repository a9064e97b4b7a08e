package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One service in a process of its own, told everything by environment variables. */
final class ServiceProcess implements AutoCloseable {
  private static final long SECONDS_TO_STOP = 30;

  private final Process process;
  private final int port;

  private ServiceProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it on a port that nobody has, and waits until it is ready.
   *
   * @param root the checkout, built
   * @param module the folder of the service
   * @param flags of the JVM beside the usual ones
   * @param environment settings beside the defaults
   * @param log gets what it says
   */
  static ServiceProcess start(
      Path root, String module, List<String> flags, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    int port = Rig.freePort();
    ProcessBuilder service = Rig.java(flags);
    service
        .command()
        .addAll(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                root + "/" + module + "/target/quarkus-app/quarkus-run.jar"));
    service.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    service.environment().putAll(environment);
    Process process =
        service
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ServiceProcess started = new ServiceProcess(process, port);
    try {
      Rig.awaitAnswer(started.url().resolve("/q/health/ready"));
      return started;
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  /** Where it listens. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Stops it and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
