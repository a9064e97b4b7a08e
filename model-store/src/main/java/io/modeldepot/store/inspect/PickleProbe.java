package io.modeldepot.store.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Which files run code when they are loaded. A pickle is a program; PyTorch writes one alone or
 * inside a zip archive. By name or by content, whichever says so: a pickle can be called anything.
 */
final class PickleProbe {
  private static final Set<String> NAMES =
      Set.of("bin", "pt", "pth", "ckpt", "pkl", "pickle", "joblib", "dill");
  private static final Set<String> NEVER = Set.of("safetensors", "gguf", "json", "md", "txt", "py");
  private static final byte PROTO = (byte) 0x80;
  private static final int HEAD_BYTES = 512;
  private static final int HIGHEST_PROTOCOL = 5;

  private PickleProbe() {}

  /** Whether a pickle reader would execute what is in this file. */
  static boolean isPickle(String path, Path file) throws IOException {
    String extension = extension(path);
    if (NAMES.contains(extension)) {
      return true;
    }
    return !NEVER.contains(extension) && looksLikePickle(head(file));
  }

  private static boolean looksLikePickle(byte[] head) {
    if (head.length < 4) {
      return false;
    }
    if (head[0] == PROTO && head[1] >= 2 && head[1] <= HIGHEST_PROTOCOL) {
      return true;
    }
    boolean zip = head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    return zip && new String(head, StandardCharsets.ISO_8859_1).contains("data.pkl");
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(HEAD_BYTES);
    }
  }

  private static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
