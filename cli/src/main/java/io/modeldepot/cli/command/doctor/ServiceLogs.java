package io.modeldepot.cli.command.doctor;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.settings.Setting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The logs of a depot that {@code make up} started, their ends, line by line without secrets. Other
 * depots log where their container runtime keeps it, which this command does not know.
 */
final class ServiceLogs {
  private static final int MOST_FILES = 40;
  private static final int MOST_BYTES = 1 << 20;

  private final Path directory;

  private ServiceLogs(Path directory) {
    this.directory = directory;
  }

  static ServiceLogs of(Session session) {
    return new ServiceLogs(session.path(session.settings().value(Setting.DATA)).resolve("logs"));
  }

  /** Puts them under {@code logs/}, or a word about where else they are. */
  void into(Tar tar) throws IOException {
    List<Path> logs = files();
    for (Path log : logs) {
      tar.add("model-depot/logs/" + log.getFileName(), end(log));
    }
    if (logs.isEmpty()) {
      String where =
          "No logs are in "
              + directory
              + ". Of a depot in containers they come from the runtime:"
              + " docker compose logs, kubectl logs.\n";
      tar.add("model-depot/logs/none.txt", where.getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(it -> it.getFileName().toString().matches("[A-Za-z0-9._-]{1,60}\\.log"))
          .filter(it -> Files.isRegularFile(it) && Files.isReadable(it))
          .sorted()
          .limit(MOST_FILES)
          .toList();
    }
  }

  private static byte[] end(Path log) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - MOST_BYTES);
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, file.length() - from)];
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      // A line that was cut could have lost what tells a secret from other words.
      String whole = from > 0 ? text.substring(text.indexOf('\n') + 1) : text;
      StringBuilder clean = new StringBuilder(whole.length());
      whole.lines().forEach(line -> clean.append(Redaction.text(line)).append('\n'));
      return clean.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
