package io.modeldepot.benchmarks.registry;

import io.modeldepot.benchmarks.load.FollowersMain;
import io.modeldepot.benchmarks.load.RequestsMain;
import io.modeldepot.benchmarks.rig.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads of a server, each by a process of its own. */
final class Loads {
  private static final Pattern WRK = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private final Path work;
  private final int port;

  Loads(Path work, int port) {
    this.work = work;
    this.port = port;
  }

  /** What is asked for of the answers. */
  enum Encoding {
    /** As a script asks. */
    PLAIN("identity"),
    /** As every browser asks. */
    BROWSER("gzip, deflate, br");

    private final String header;

    Encoding(String header) {
      this.header = header;
    }
  }

  /** What a load came to, in requests a second, and milliseconds. */
  record Outcome(double rate, int failed, double p50, double p99, double max) {
    static Outcome of(String line) {
      return new Outcome(
          number(line, "rate"),
          (int) number(line, "failed"),
          number(line, "p50"),
          number(line, "p99"),
          number(line, "max"));
    }

    private static double number(String line, String name) {
      Matcher found = Pattern.compile("\\b" + name + "=([0-9.]+)").matcher(line);
      return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }
  }

  /** Requests a second of one address as fast as it answers, by wrk where it is. */
  double fastest(String path, int connections, int seconds)
      throws IOException, InterruptedException {
    if (!Tool.has("wrk")) {
      return paced(List.of(path), connections, seconds, 0, Encoding.PLAIN).rate();
    }
    Path said = work.resolve("wrk.txt");
    Tool.Took unused =
        Tool.run(
            work,
            "{ wrk -t1 -c%d -d%ds 'http://127.0.0.1:%d%s' > %s; }"
                .formatted(connections, seconds, port, path, said));
    String text = Files.readString(said);
    Matcher rate = WRK.matcher(text);
    if (!rate.find() || text.contains("Non-2xx")) {
      throw new IOException("wrk says of " + path + ": " + text);
    }
    return Double.parseDouble(rate.group(1));
  }

  /** Asks for addresses in turn at a rate; 0 is as fast as it answers. */
  Outcome paced(List<String> paths, int connections, int seconds, double rate, Encoding encoding)
      throws IOException, InterruptedException {
    Path file = Files.write(work.resolve("paths.txt"), paths);
    Process load =
        java(
            RequestsMain.class,
            List.of(
                Integer.toString(port),
                file.toString(),
                Integer.toString(connections),
                Integer.toString(seconds),
                Double.toString(rate),
                encoding.header));
    try (BufferedReader said = said(load)) {
      String line = said.readLine();
      if (load.waitFor() != 0 || line == null) {
        throw new IOException("The load failed; see " + work.resolve("load.log"));
      }
      return Outcome.of(line);
    }
  }

  /** Clients of the live events, which have all connected. */
  Followers follow(String path, int clients, int seconds, String mark) throws IOException {
    Process load =
        java(
            FollowersMain.class,
            List.of(
                Integer.toString(port),
                path,
                Integer.toString(clients),
                Integer.toString(seconds),
                mark));
    BufferedReader said = said(load);
    if (!"READY".equals(said.readLine())) {
      throw new IOException("The clients could not connect; see " + work.resolve("load.log"));
    }
    return new Followers(said);
  }

  /** Clients that listen. */
  record Followers(BufferedReader said) {
    /** Waits for their end; how many events they got in all, and how old those were. */
    Heard heard() throws IOException {
      String line = String.valueOf(said.readLine());
      return new Heard((long) Outcome.number(line, "events"), Outcome.of(line));
    }
  }

  record Heard(long events, Outcome age) {}

  private Process java(Class<?> mainClass, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(work.resolve("load.log").toFile()))
        .start();
  }

  private static BufferedReader said(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
