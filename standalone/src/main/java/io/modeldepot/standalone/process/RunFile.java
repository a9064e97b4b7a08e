package io.modeldepot.standalone.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code run.json} in the data directory: where everything is, for other programs, while it runs.
 * Replaced by one rename, removed at the end; holds no secret. What is still true then, such as
 * where the models are, stays in {@code last.json}.
 */
final class RunFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final List<String> LASTING = List.of("modelsDir", "location", "hubUrl", "logs");

  private final Path file;
  private final Map<String, String> where = new LinkedHashMap<>();
  private final Map<String, Recorded> processes = new LinkedHashMap<>();

  RunFile(Path data) {
    this.file = data.resolve("run.json");
  }

  /**
   * A process of ours.
   *
   * @param pid its id
   * @param startedAt when it started; another process with the same id started at another time
   */
  record Recorded(long pid, Instant startedAt) {

    static Recorded of(ProcessHandle process) {
      return new Recorded(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    boolean is(ProcessHandle process) {
      return process.isAlive() && of(process).equals(this);
    }
  }

  /** Says where everything is; from now on others may rely on it. */
  synchronized void describe(Map<String, String> everything) throws IOException {
    where.putAll(everything);
    write();
    ObjectNode lasting = JSON.createObjectNode();
    LASTING.forEach(name -> lasting.put(name, everything.getOrDefault(name, "")));
    replace(file.resolveSibling("last.json"), lasting);
  }

  /** Says which processes there are, so that they can be ended should this one be killed. */
  synchronized void record(Map<String, Recorded> now) throws IOException {
    processes.clear();
    processes.putAll(now);
    write();
  }

  private void write() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("pid", ProcessHandle.current().pid());
    json.put("startedAt", Recorded.of(ProcessHandle.current()).startedAt().toString());
    where.forEach(json::put);
    ObjectNode children = json.putObject("processes");
    processes.forEach(
        (name, process) ->
            children
                .putObject(name)
                .put("pid", process.pid())
                .put("startedAt", process.startedAt().toString()));
    replace(file, json);
  }

  private static void replace(Path file, ObjectNode json) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, JSON.writeValueAsString(json) + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What it says, as one sentence about who runs. */
  String whoRuns() {
    JsonNode json = read();
    return "process %s, %s"
        .formatted(json.path("pid").asText("?"), json.path("registryUrl").asText("still starting"));
  }

  /** Who started all of it, while it runs. */
  Optional<ProcessHandle> launcher() {
    JsonNode json = read();
    try {
      Recorded recorded =
          new Recorded(json.path("pid").asLong(), Instant.parse(json.path("startedAt").asText()));
      return ProcessHandle.of(recorded.pid()).filter(recorded::is);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The processes that are recorded. */
  List<Recorded> recorded() {
    List<Recorded> found = new ArrayList<>();
    for (JsonNode process : read().path("processes")) {
      try {
        found.add(
            new Recorded(
                process.path("pid").asLong(), Instant.parse(process.path("startedAt").asText())));
      } catch (DateTimeException e) {
        // Not by us, or torn: nothing that could be ended with confidence.
      }
    }
    return found;
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  private JsonNode read() {
    try {
      return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
