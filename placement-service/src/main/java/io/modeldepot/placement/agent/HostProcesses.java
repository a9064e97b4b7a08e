package io.modeldepot.placement.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose process it is, by the command lines that {@code /proc} shows. The process that has a GPU is
 * a child of the one that was started with the served name.
 *
 * @param proc usually {@code /proc}
 */
record HostProcesses(Path proc) {
  private static final int GENERATIONS = 8;
  private static final String NAME = "--served-model-name";
  private static final Pattern PARENT = Pattern.compile("(?m)^PPid:\\s*([0-9]+)\\s*$");

  /** The name by which a process, or one that it descends from, serves. */
  Optional<String> servedBy(long pid) {
    long at = pid;
    for (int i = 0; i < GENERATIONS && at > 1; i++) {
      Optional<String> name = nameIn(read(at, "cmdline"));
      if (name.isPresent()) {
        return name;
      }
      Matcher parent = PARENT.matcher(read(at, "status"));
      at = parent.find() ? Long.parseLong(parent.group(1)) : 0;
    }
    return Optional.empty();
  }

  private static Optional<String> nameIn(String commandLine) {
    String[] words = commandLine.split("\0", -1);
    for (int i = 0; i < words.length; i++) {
      if (words[i].startsWith(NAME + "=")) {
        return Optional.of(words[i].substring(NAME.length() + 1));
      }
      if (words[i].equals(NAME) && i + 1 < words.length) {
        return Optional.of(words[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** Empty if it is not there, or somebody else's to read. */
  private String read(long pid, String file) {
    try {
      return new String(
          Files.readAllBytes(proc.resolve(Long.toString(pid)).resolve(file)),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
