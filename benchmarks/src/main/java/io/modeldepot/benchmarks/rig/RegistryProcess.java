package io.modeldepot.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registry in a process of its own, with the JVM's flags that {@code make up} gives it. */
public final class RegistryProcess implements AutoCloseable {
  private final ServiceProcess process;

  private RegistryProcess(ServiceProcess process) {
    this.process = process;
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
    Map<String, String> all = new HashMap<>();
    all.put("KAFKA_BOOTSTRAP_SERVERS", engines.kafka());
    all.put("QUARKUS_DATASOURCE_JDBC_URL", engines.jdbcUrl());
    all.put("QUARKUS_DATASOURCE_USERNAME", engines.username());
    all.put("QUARKUS_DATASOURCE_PASSWORD", engines.password());
    all.put("MALLOC_ARENA_MAX", "2");
    all.putAll(environment);
    List<String> usual = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xmx192m"));
    usual.addAll(flags);
    return new RegistryProcess(
        ServiceProcess.start(root, "registry-service", usual, all, work.resolve("registry.log")));
  }

  /** Where it listens. */
  public int port() {
    return process.port();
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Stops it and waits. */
  @Override
  public void close() {
    process.close();
  }
}
