package io.modeldepot.cli.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.settings.Found;
import io.modeldepot.cli.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a report of a bug needs, in one file that only its owner can read, without secrets. */
final class Bundle {
  private static final int JOURNALS = 20;
  private static final long LARGEST = 4 << 20;
  private static final List<String> ASKED =
      List.of(
          "/status", "/models?limit=500", "/downloads?limit=100", "/storage", "/audit?limit=100");

  private final Session session;

  Bundle(Session session) {
    this.session = session;
  }

  void write(Path file, JsonNode verdicts) {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (Tar tar =
        new Tar(
            java.nio.channels.Channels.newOutputStream(Files.newByteChannel(file, fresh, owner)),
            session.clock().instant())) {
      add(tar, "doctor.json", verdicts);
      add(tar, "settings.json", settings());
      add(tar, "system.json", system());
      for (String path : ASKED) {
        ask(tar, path);
      }
      journals(tar);
      ServiceLogs.of(session).into(tar);
      file(tar, session.modelsDir().resolve(".depot/volume.json"), "volume.json");
    } catch (IOException e) {
      throw Failure.of(ExitCode.USAGE, "", file + " cannot be written")
          .because(
              e instanceof java.nio.file.FileAlreadyExistsException
                  ? "it exists already"
                  : String.valueOf(e.getMessage()));
    }
  }

  private static void add(Tar tar, String name, JsonNode content) throws IOException {
    String text = Json.pretty(Redaction.json(content)) + "\n";
    tar.add("model-depot/" + name, text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode settings() {
    ObjectNode node = Json.object();
    for (Setting setting : Setting.values()) {
      Found found = session.settings().found(setting);
      node.putObject(setting.key()).put("value", found.value()).put("origin", found.origin());
    }
    return node;
  }

  private JsonNode system() {
    ObjectNode node =
        Json.object()
            .put("version", session.version())
            .put("java", Runtime.version().toString())
            .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
            .put("processors", Runtime.getRuntime().availableProcessors())
            .put("at", session.clock().instant().toString());
    ObjectNode names = node.putObject("environment");
    session.environment().keySet().stream()
        .filter(
            name -> name.matches("(HF|DEPOT|MODELS|KAFKA|QUARKUS|XDG|LC)_.*|TERM|LANG|NO_COLOR"))
        .sorted()
        .forEach(name -> names.put(name, true));
    return node;
  }

  private void ask(Tar tar, String path) throws IOException {
    String name = path.replaceAll("[?].*", "").substring(1) + ".json";
    try {
      add(tar, name, session.registry().get(path, path));
    } catch (Failure e) {
      add(tar, name, Json.object().put("unanswered", e.headline()).put("why", e.why()));
    }
  }

  private void journals(Tar tar) throws IOException {
    Path downloads = session.modelsDir().resolve("downloads");
    if (!Files.isDirectory(downloads)) {
      return;
    }
    try (Stream<Path> files = Files.list(downloads)) {
      List<Path> newest =
          files
              .filter(f -> f.getFileName().toString().endsWith(".json"))
              .sorted(Comparator.comparing((Path f) -> f.toFile().lastModified()).reversed())
              .limit(JOURNALS)
              .toList();
      for (Path journal : newest) {
        file(tar, journal, "downloads/" + journal.getFileName());
      }
    }
  }

  private static void file(Tar tar, Path file, String name) throws IOException {
    if (Files.isRegularFile(file)
        && Files.isReadable(file)
        && Files.size(file) < LARGEST
        && name.length() < 80) {
      try {
        add(tar, name, Json.read(Files.readString(file)));
      } catch (IllegalArgumentException e) {
        add(tar, name, Json.object().put("unreadable", String.valueOf(e.getMessage())));
      }
    }
  }
}
