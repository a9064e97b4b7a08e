package io.modeldepot.testkit.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Java program that prints {@code READY {…}} when it can be used. */
public final class EngineProcess {
  private static final String READY = "READY ";
  private static final Duration TO_START = Duration.ofSeconds(120);
  private static final Duration TO_STOP = Duration.ofSeconds(60);
  private static final int LAST_LINES = 20;

  private final Process process;
  private final JsonNode ready;

  private EngineProcess(Process process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts and waits until ready.
   *
   * @param log where standard error goes, appended
   * @throws IllegalStateException if it ends before it is ready, with the last lines of the log
   */
  public static EngineProcess start(String mainClass, List<String> arguments, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx160m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            Repository.enginesClassPath(),
            mainClass,
            "--leash"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      holdUntilExit(process);
      return new EngineProcess(process, awaitReady(process, log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The members of the READY line. */
  public JsonNode ready() {
    return ready;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** True while it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it in order by SIGTERM and waits. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Kills it by SIGKILL and waits. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("Process " + process.pid() + " did not end.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a process ends.", e);
    }
  }

  /**
   * Keeps the object reachable. Were it collected, its end of the child's standard input would be
   * closed, which ends the child; class loaders, and their statics, go away between test profiles.
   */
  private static void holdUntilExit(Process process) {
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  private static JsonNode awaitReady(Process process, Path log) throws IOException {
    CompletableFuture<JsonNode> ready = new CompletableFuture<>();
    // Not a virtual one: reading a pipe blocks the thread below for as long as the child lives, and
    // with as many children as cores nothing virtual would run any more.
    Thread.ofPlatform()
        .daemon()
        .name("ready-of-" + process.pid())
        .start(() -> read(process, ready));
    try {
      return ready.get(TO_START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("Did not get ready. Last lines:\n" + tail(log), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a process starts.", e);
    }
  }

  private static void read(Process process, CompletableFuture<JsonNode> ready) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(Wire.mapper().readTree(line.substring(READY.length())));
        }
      }
      ready.completeExceptionally(new IOException("It ended."));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
