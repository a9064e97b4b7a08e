package io.modeldepot.systemtests.chaos;

import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to the depot and what it answered, in the order of the clock, in a file with a JSON
 * object per line; and what was seen that must never be.
 */
final class History {
  private final Path file;
  private final List<Asked> asked = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  History(Path folder) {
    this.file = folder.resolve("history.ndjson");
  }

  /** Where it is written. */
  Path file() {
    return file;
  }

  synchronized void asked(Asked request) {
    asked.add(request);
    tell("asked", Map.of("request", request));
  }

  /** Something that must never be was seen; the run goes on. */
  synchronized void broken(String law) {
    broken.add(law);
    tell("broken", Map.of("law", law));
  }

  /** Counts and writes down. */
  synchronized void count(String what, Map<String, ?> detail) {
    counts.merge(what, 1, Integer::sum);
    tell(what, detail);
  }

  synchronized void tell(String what, Map<String, ?> detail) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", Instant.now().toString());
    line.put("what", what);
    line.putAll(detail);
    try {
      Files.writeString(
          file,
          new String(Wire.write(line), StandardCharsets.UTF_8) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized List<Asked> requests() {
    return List.copyOf(asked);
  }

  synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  /** How often each thing was counted, by name. */
  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }
}
