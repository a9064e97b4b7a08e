package io.modeldepot.testkit.released;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The depot of commit 6c760221, the first state of this project that was whole, stopped while it
 * downloaded {@code slow}. Before, it had brought in two commits of {@code tiny}, gone back to the
 * first and activated it, failed to find {@code nothing}, and {@code mine} was taken in behind its
 * back.
 */
public final class ReleasedDepot {
  /** The schema that its rows were written to. */
  public static final String SCHEMA = "7";

  /** Its download that had not ended. */
  public static final String UNFINISHED = "cli-QLR6LU655XMMY22V";

  private ReleasedDepot() {}

  /**
   * A row.
   *
   * @param table its table
   * @param columns its values, as PostgreSQL writes a row as JSON
   */
  public record Row(String table, JsonNode columns) {}

  /**
   * A record.
   *
   * @param topic where it was
   * @param key empty if it had none
   * @param headers their values are text
   * @param value its payload, JSON null for a tombstone
   */
  public record Said(
      String topic, Optional<String> key, Map<String, String> headers, JsonNode value) {}

  /** Every row, in an order in which they can be inserted. */
  public static List<Row> rows() {
    return lines("rows").stream()
        .map(line -> new Row(line.path("table").asText(), line.path("row")))
        .toList();
  }

  /** Every record, in their order; of a state topic the last of each key. */
  public static List<Said> records() {
    return lines("records").stream().map(ReleasedDepot::said).toList();
  }

  /** Writes its volume into an empty directory. */
  public static void volume(Path into) {
    lines("volume").forEach(line -> write(line, into));
  }

  /** Writes the volume that its hub served into an empty directory. */
  public static void hub(Path into) {
    lines("hub").forEach(line -> write(line, into));
  }

  private static Said said(JsonNode line) {
    Map<String, String> headers = new LinkedHashMap<>();
    line.path("headers")
        .properties()
        .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
    return new Said(
        line.path("topic").asText(),
        line.path("key").isNull() ? Optional.empty() : Optional.of(line.path("key").asText()),
        headers,
        line.path("value"));
  }

  private static void write(JsonNode line, Path into) {
    Path path = into.resolve(line.path("path").asText());
    try {
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      if (line.has("directory")) {
        Files.createDirectories(path);
      } else if (line.has("link")) {
        Files.createSymbolicLink(path, Path.of(line.path("link").asText()));
      } else {
        Files.write(path, content(line));
        String mode = line.has("readOnly") ? "r--r--r--" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(JsonNode line) throws IOException {
    if (line.has("text")) {
      return line.path("text").asText().getBytes(StandardCharsets.UTF_8);
    }
    byte[] packed = line.path("gzip").binaryValue();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static List<JsonNode> lines(String name) {
    InputStream found = ReleasedDepot.class.getResourceAsStream(name + ".jsonl");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(found), StandardCharsets.UTF_8))) {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : reader.readAllLines()) {
        lines.add(Wire.mapper().readTree(line));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
