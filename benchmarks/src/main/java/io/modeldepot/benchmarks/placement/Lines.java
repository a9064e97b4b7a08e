package io.modeldepot.benchmarks.placement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Findings as lines of JSON: from the process that measured to the one that shows, and kept. */
final class Lines {
  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();
  private static final String HEAP = "-Xmx1g";

  private final Path kept;

  /** Keeps what it reads in this file, which begins anew. */
  Lines(Path kept) throws IOException {
    this.kept = kept;
    Files.createDirectories(kept.toAbsolutePath().getParent());
    Files.deleteIfExists(kept);
  }

  static String write(Object finding) {
    try {
      return JSON.writeValueAsString(finding);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a program of this class path in a process of its own and reads its findings.
   *
   * @throws IOException if it fails; what it said is on our standard error
   */
  <T> List<T> from(Class<?> program, Class<T> type, List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", HEAP, "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<T> found = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        found.add(JSON.readValue(line, type));
        Files.writeString(kept, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(program.getSimpleName() + " " + args + " failed");
    }
    return found;
  }
}
