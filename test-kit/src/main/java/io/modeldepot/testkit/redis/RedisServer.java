package io.modeldepot.testkit.redis;

import io.modeldepot.testkit.process.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Redis of the test's own, which may be killed, stopped and lied into. Its address never
 * changes; what it holds ends with it. Where none is installed the test is skipped, and with {@code
 * DEPOT_REDIS=required} it fails.
 */
public final class RedisServer implements AutoCloseable {
  /** Why a test is skipped. */
  public static final String MISSING =
      "No redis-server is installed, so what registries share is not tested: apt-get install"
          + " redis-server.";

  private static final Duration TO_START = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final int port = FreePorts.next();
  private final String password;
  private Process process;

  private RedisServer(String password) {
    this.password = password;
    this.process = launch();
  }

  /** Whether the test can run; for {@code @EnabledIf}. */
  public static boolean isHere() {
    return "required".equals(System.getenv("DEPOT_REDIS"))
        || List.of("/usr/bin/redis-server", "/usr/local/bin/redis-server").stream()
            .anyMatch(program -> Files.isExecutable(Path.of(program)));
  }

  /** Starts one that asks for this password. */
  public static RedisServer start(String password) {
    RedisServer server = new RedisServer(password);
    server.awaitReady();
    return server;
  }

  /** As {@code DEPOT_REDIS_URL}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Starts it again, empty, where it was. */
  public void startAgain() {
    process = launch();
    awaitReady();
  }

  /** Kills it by SIGKILL and waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("redis-server did not end.");
    }
  }

  /** It keeps its connections and answers nothing, until it goes on. */
  public void stall() {
    signal("STOP");
  }

  /** It answers again. */
  public void goOn() {
    signal("CONT");
  }

  /** A command as redis-cli takes it; returns what it prints. */
  public String command(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "redis-cli", "--no-auth-warning", "-p", Integer.toString(port), "-a", password));
    command.addAll(List.of(words));
    return run(command);
  }

  private void signal(String name) {
    var unused = run(List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  private Process launch() {
    try {
      Process launched =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--requirepass",
                  password,
                  "--dir",
                  System.getProperty("java.io.tmpdir"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
      return launched;
    } catch (IOException e) {
      throw new IllegalStateException("DEPOT_REDIS=required, and redis-server does not start.", e);
    }
  }

  private void awaitReady() {
    long end = System.nanoTime() + TO_START.toNanos();
    while (!command("PING").equals("PONG")) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("redis-server does not answer.");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int unused = process.waitFor();
      return said.strip();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
