package io.modeldepot.systemtests.depot;

import io.modeldepot.testkit.process.FreePorts;
import io.modeldepot.testkit.process.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One service as operators run it: its own JVM, told everything by environment variables. */
public final class ServiceProcess implements AutoCloseable {
  private static final Duration TO_START = Duration.ofMinutes(3);

  /**
   * A story is over before the second compiler has paid for itself. All of it cannot be left out:
   * without it SHA-256 is ten times slower. So it gets only what is really hot.
   */
  private static final List<String> COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final String name;
  private final Path jar;
  private final List<String> flags;
  private final Map<String, String> environment;
  private final Path log;
  private final int port;
  private final int securePort;
  private String host = "127.0.0.1";
  private List<String> prefix = List.of();
  private @Nullable Process process;

  /**
   * Describes it; {@link #start()} runs it.
   *
   * @param name instance name, also of the log file
   * @param module the folder of the service
   * @param environment what it is told; {@code {instance}} in a value stands for its name
   */
  public ServiceProcess(
      String name, String module, List<String> flags, Map<String, String> environment, Path logs) {
    this.name = name;
    this.jar = Repository.root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    this.flags = flags;
    this.port = FreePorts.next();
    this.log = logs.resolve(name + ".log");
    this.environment = new HashMap<>(environment);
    this.environment.replaceAll((variable, value) -> value.replace("{instance}", name));
    this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    this.environment.put("DEPOT_INSTANCE", name);
    this.securePort =
        environment.containsKey("QUARKUS_HTTP_SSL_CERTIFICATE_FILES") ? FreePorts.next() : 0;
    if (securePort != 0) {
      this.environment.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(securePort));
    }
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not built; run: make build");
    }
  }

  /** From its next start on it has this setting. */
  public void tell(String variable, String value) {
    environment.put(variable, value);
  }

  /** From its next start on it runs at the far end of a line, and listens there alone. */
  void behind(Line line) {
    host = line.address();
    prefix = line.prefix();
  }

  /** Runs it, without waiting. */
  public void launch() {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(COMPILER);
    command.addAll(ClassCaches.service(jar));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> !key.equals("PATH") && !key.equals("HOME"));
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_HOST", host);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Process started = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      process = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it and waits until it is ready. */
  public ServiceProcess start() {
    launch();
    awaitReady();
    return this;
  }

  /** Waits until its readiness answers 200. */
  public void awaitReady() {
    Wait.until(
        name + " is ready",
        TO_START,
        () -> {
          if (!isAlive()) {
            throw new IllegalStateException(name + " ended. Last lines:\n" + lastLines());
          }
          return isReady();
        },
        this::lastLines);
  }

  /** Whether its readiness answers 200 now. */
  public boolean isReady() {
    return status("/q/health/ready") == 200;
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://" + host + ":" + port);
  }

  /** Where it listens with TLS, if it was given a certificate; else where it listens. */
  public URI secureUrl() {
    return securePort == 0 ? url() : URI.create("https://" + host + ":" + securePort);
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its number, for tools that look at processes. */
  public long pid() {
    return running().pid();
  }

  /**
   * How it ended.
   *
   * @throws IllegalThreadStateException while it runs
   */
  public int status() {
    return running().exitValue();
  }

  /** {@code kill -9}: it gets no chance to say anything. */
  public void kill() {
    Process running = running();
    running.destroyForcibly();
    awaitEnd(running);
  }

  /** {@code kill -9}, if it runs at all. */
  void end() {
    if (isAlive()) {
      kill();
    }
  }

  /** {@code kill -STOP} or {@code -CONT}: a process that pauses for long, as under a hypervisor. */
  public void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM, and waits until it has ended. */
  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroy();
      awaitEnd(process);
    }
  }

  /** Everything it has logged. */
  public String log() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lastLines() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private int status(String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(name + " was never started.");
    }
    return process;
  }

  private static void awaitEnd(Process running) {
    try {
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
