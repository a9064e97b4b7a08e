package io.modeldepot.standalone.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldepot.standalone.child.Guard;
import io.modeldepot.standalone.child.ReadyLine;
import io.modeldepot.standalone.child.Spawn;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that runs. It does not outlive this JVM, however that ends. */
final class Child {
  private static final int WIDEST = 240;
  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);
  private static final Duration TO_ANSWER = Duration.ofSeconds(5);

  /**
   * Ctrl-C reaches every process of the terminal at once, but the order of stopping is ours; so the
   * others do not hear it. What the shell ignores, the program it becomes ignores too.
   */
  private static final List<String> DEAF_TO_THE_TERMINAL =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "depot");

  private final Program program;
  private final Process process;
  private final Guard guard;
  private final CompletableFuture<Void> saidReady = new CompletableFuture<>();

  private Child(Program program, Process process, Guard guard) {
    this.program = program;
    this.process = process;
    this.guard = guard;
  }

  static Child start(Program program) throws IOException {
    List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
    command.addAll(program.command());
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(program.log().toFile());
    ProcessBuilder builder =
        program.secrets() == Program.Secrets.OF_THE_HUB
            ? Spawn.with(command)
            : Spawn.without(command);
    builder.redirectError(log);
    if (program.health().isPresent()) {
      builder.redirectOutput(log);
    }
    builder.environment().putAll(program.environment());
    Process process = builder.start();
    Child child = new Child(program, process, Guard.over(process.pid(), "TERM"));
    if (program.health().isEmpty()) {
      // Reading a pipe blocks the thread below a virtual one for as long as the child lives.
      Thread.ofPlatform().daemon().name("output-of-" + program.name()).start(child::listen);
    }
    return child;
  }

  long pid() {
    return process.pid();
  }

  Instant startedAt() {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended; only once it has. */
  int status() {
    return process.exitValue();
  }

  /** Completes when it has ended, by whatever. */
  CompletableFuture<Process> ended() {
    return process.onExit();
  }

  /**
   * Waits until it can be used.
   *
   * @return false when it ended before, or did not get ready in time
   */
  boolean awaitReady(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      if (program.health().map(Child::answers).orElseGet(saidReady::isDone)) {
        return true;
      }
      process.waitFor(BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS);
    }
    return false;
  }

  /** Asks it to end, and kills it when it has not within its time. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(program.toStop().toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    guard.close();
  }

  /** Kills it. */
  void kill() {
    process.destroyForcibly();
    guard.close();
  }

  /** Lets go of one that has ended. */
  void bury() {
    guard.close();
  }

  private static boolean answers(URI health) {
    try {
      HttpURLConnection connection = asking(health);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private static HttpURLConnection asking(URI health) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
    connection.setConnectTimeout((int) TO_ANSWER.toMillis());
    connection.setReadTimeout((int) TO_ANSWER.toMillis());
    return connection;
  }

  /** What it says that it waits for, while it is not ready. */
  Optional<String> waitsFor() {
    return process.isAlive() ? program.health().flatMap(Child::reason) : Optional.empty();
  }

  private static Optional<String> reason(URI health) {
    try {
      HttpURLConnection connection = asking(health);
      boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      try (InputStream body = connection.getErrorStream()) {
        return ready || body == null
            ? Optional.empty()
            : new ObjectMapper()
                .readTree(body).findValuesAsText("why").stream()
                    .filter(why -> !why.isBlank())
                    .findFirst();
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  private void listen() {
    try (var lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ReadyLine.PREFIX)) {
          saidReady.complete(null);
        }
      }
    } catch (IOException e) {
      // It has ended; ended() says so too.
    }
  }

  /** The last lines of a log. */
  static List<String> lastLines(Path log, int count) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
          .map(line -> line.length() > WIDEST ? line.substring(0, WIDEST) + " …" : line)
          .toList();
    } catch (IOException e) {
      return List.of("(" + log + " cannot be read)");
    }
  }
}
