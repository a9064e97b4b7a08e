package io.modeldepot.standalone.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code make up} without make, as a process. */
final class Launched implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path data;
  private final Process process;
  private final BufferedReader output;
  private final List<String> lines = new ArrayList<>();

  private Launched(Path data, Process process) {
    this.data = data;
    this.process = process;
    this.output = process.inputReader();
  }

  static Launched on(Path checkout, Path data, Map<String, String> environment, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Ddepot.root=" + checkout,
                "-cp",
                "target/classes:target/dist/lib/*",
                "io.modeldepot.standalone.Main",
                "--data",
                data.toString(),
                "--hub",
                "http://127.0.0.1:1",
                "--port-offset",
                "20000"));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("MODELS_DIR");
    builder.environment().putAll(environment);
    return new Launched(data, builder.start());
  }

  /** Reads on until a line contains this text. */
  String awaitLine(String text) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("Never said: " + text + "\n" + String.join("\n", lines));
  }

  Launched awaitReady() throws IOException {
    awaitLine("Next, in another terminal");
    return this;
  }

  /** The lines that were read so far. */
  List<String> said() {
    return List.copyOf(lines);
  }

  /** All it says until its end. */
  String allOutput() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
    }
    return String.join("\n", lines);
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("It did not end.");
    }
    return process.exitValue();
  }

  JsonNode runFile() throws IOException {
    return new ObjectMapper().readTree(data.resolve("run.json").toFile());
  }

  /** The ports that the services say they were given. */
  List<Integer> allPorts() throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (String name : List.of("registry", "downloader")) {
      String environment =
          Files.readString(
              Path.of("/proc", Long.toString(processOf(name).pid()), "environ"),
              StandardCharsets.ISO_8859_1);
      for (String variable : environment.split("\0", -1)) {
        if (variable.startsWith("QUARKUS_HTTP_PORT=")) {
          ports.add(Integer.parseInt(variable.substring("QUARKUS_HTTP_PORT=".length())));
        }
      }
    }
    String kafka = runFile().path("kafka").asText();
    ports.add(Integer.parseInt(kafka.substring(kafka.lastIndexOf(':') + 1)));
    return ports;
  }

  boolean hasRunFile() {
    return Files.exists(data.resolve("run.json"));
  }

  /** Every process of the depot, PostgreSQL's server included, as of now. */
  List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    String pid = Files.readAllLines(data.resolve("postgresql/cluster/postmaster.pid")).getFirst();
    ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(all::add);
    return all;
  }

  ProcessHandle processOf(String name) throws IOException {
    long pid = runFile().path("processes").path(name).path("pid").asLong();
    return ProcessHandle.of(pid).orElseThrow();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }
}
