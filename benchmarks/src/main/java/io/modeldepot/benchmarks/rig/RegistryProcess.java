package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The registry in a process of its own, with the JVM's flags that {@code make up} gives it. */
public final class RegistryProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private RegistryProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param root the checkout, built
   * @param work where its log is kept
   * @param engines broker and database
   * @param environment settings beside the defaults
   * @param flags of the JVM beside the usual ones
   */
  public static RegistryProcess start(
      Path root, Path work, Engines engines, Map<String, String> environment, List<String> flags)
      throws IOException, InterruptedException {
    int port = Rig.freePort();
    ProcessBuilder registry =
        Rig.java(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    registry.command().addAll(flags);
    registry
        .command()
        .addAll(List.of("-jar", root + "/registry-service/target/quarkus-app/quarkus-run.jar"));
    registry.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    registry.environment().put("KAFKA_BOOTSTRAP_SERVERS", engines.kafka());
    registry.environment().put("QUARKUS_DATASOURCE_JDBC_URL", engines.jdbcUrl());
    registry.environment().put("QUARKUS_DATASOURCE_USERNAME", engines.username());
    registry.environment().put("QUARKUS_DATASOURCE_PASSWORD", engines.password());
    registry.environment().put("MALLOC_ARENA_MAX", "2");
    registry.environment().putAll(environment);
    Process process =
        registry
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("registry.log").toFile()))
            .start();
    try {
      Rig.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
      return new RegistryProcess(process, port);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Stops it and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
