package io.modeldepot.registry.notify.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files with secrets, in one directory that the operator names: a setting must not be able to have
 * any other file of this machine read. Links are followed as long as they end in it, as a mounted
 * Secret's do.
 */
final class SecretFiles {
  private static final int MOST_BYTES = 4096;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9/._-]{0,299}");

  private final Path directory;

  SecretFiles(Path directory) {
    this.directory = directory;
  }

  /** Why a file cannot be used, in words that say nothing of what is in it. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why, null, false, false);
    }
  }

  /** Whether a setting may say this, before anything is looked at. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !("/" + name + "/").contains("/../");
  }

  /**
   * The lines of a file that say something.
   *
   * @param name a file of the directory, or its whole path
   * @throws Unusable naming the file and what would help
   */
  List<String> lines(String name) throws Unusable {
    Path file = directory.resolve(name).normalize();
    try {
      Path real = file.toRealPath();
      if (!real.startsWith(directory.toRealPath()) || !Files.isRegularFile(real)) {
        throw new Unusable(outside(name));
      }
      try (InputStream in = Files.newInputStream(real)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new Unusable("The file " + name + " is longer than " + MOST_BYTES + " bytes.");
        }
        List<String> lines =
            new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
          throw new Unusable("The file " + name + " is empty.");
        }
        return lines;
      }
    } catch (NoSuchFileException e) {
      throw new Unusable(
          "There is no file " + name + " in " + directory + " (DEPOT_NOTIFY_FILES_DIR).");
    } catch (IOException e) {
      throw new Unusable(
          "The file " + name + " cannot be read: " + e.getClass().getSimpleName() + ".");
    }
  }

  private String outside(String name) {
    return "The file " + name + " is none in " + directory + " (DEPOT_NOTIFY_FILES_DIR).";
  }
}
