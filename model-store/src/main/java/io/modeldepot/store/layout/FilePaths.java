package io.modeldepot.store.layout;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that files of a repository may have. A name is refused when it leaves its tree ({@code
 * ..}, an absolute path), when some system cannot hold it or reads it as something else (device
 * names, a backslash, control characters, a dot or a space at the end), when it is too long or too
 * deep, or when two names of one set are the same file somewhere (upper and lower case, forms of
 * Unicode) or one is a directory of the other.
 */
public final class FilePaths {
  /** The longest path, in characters; also in the manifest's schema. */
  public static final int MAX_PATH_CHARACTERS = 1024;

  /** The longest name, in bytes of UTF-8: what Linux file systems hold. */
  public static final int MAX_NAME_BYTES = 255;

  /** The most parts of a path: more cost time for each of them and hold no model. */
  public static final int MAX_PARTS = 64;

  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|com[0-9¹²³]|lpt[0-9¹²³])( *\\..*)?");

  private FilePaths() {}

  /**
   * The path, if it may be a name below a tree.
   *
   * @throws IllegalArgumentException if it may not
   */
  public static String checked(String path) {
    Optional<NameFault> fault = fault(path);
    if (fault.isPresent()) {
      throw new IllegalArgumentException("Bad file name " + fault.get());
    }
    return path;
  }

  /** What is wrong with one path by itself. */
  public static Optional<NameFault> fault(String path) {
    return why(path).map(why -> new NameFault(path, why));
  }

  /** What is wrong with a set of paths: each by itself, and with one another. */
  public static List<NameFault> faults(Collection<String> paths) {
    List<NameFault> faults = new ArrayList<>();
    Map<String, String> files = new HashMap<>();
    Map<String, String> directories = new HashMap<>();
    for (String path : paths) {
      Optional<NameFault> own = fault(path);
      if (own.isPresent()) {
        faults.add(own.get());
        continue;
      }
      String twin = files.putIfAbsent(folded(path), path);
      if (twin != null) {
        faults.add(
            new NameFault(
                path,
                twin.equals(path)
                    ? "is there twice"
                    : "is the same file as \""
                        + twin
                        + "\" where case or Unicode form is ignored"));
      }
    }
    for (String path : files.values()) {
      addDirectories(path, directories, faults);
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      String directory = directories.get(file.getKey());
      if (directory != null) {
        faults.add(
            new NameFault(
                file.getValue(), "is a file and also the directory \"" + directory + "\""));
      }
    }
    return faults;
  }

  /**
   * Refuses a set with faults.
   *
   * @throws BadNames with all of them
   */
  public static void requireGood(Collection<String> paths) throws BadNames {
    List<NameFault> faults = faults(paths);
    if (!faults.isEmpty()) {
      throw new BadNames(faults);
    }
  }

  private static void addDirectories(
      String path, Map<String, String> directories, List<NameFault> faults) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      String directory = path.substring(0, slash);
      String twin = directories.putIfAbsent(folded(directory), directory);
      if (twin != null && !twin.equals(directory)) {
        faults.add(
            new NameFault(
                path,
                "its directory is the same as \""
                    + twin
                    + "\" where case or Unicode form is"
                    + " ignored"));
      }
    }
  }

  private static Optional<String> why(String path) {
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    if (path.length() > MAX_PATH_CHARACTERS) {
      return Optional.of("is longer than " + MAX_PATH_CHARACTERS + " characters");
    }
    if (path.startsWith("/")) {
      return Optional.of("is absolute");
    }
    Optional<String> character =
        path.codePoints()
            .filter(FilePaths::hostile)
            .mapToObj(c -> String.format("has the character U+%04X", c))
            .findFirst();
    if (character.isPresent()) {
      return character;
    }
    String[] names = path.split("/", -1);
    if (names.length > MAX_PARTS) {
      return Optional.of("has more than " + MAX_PARTS + " parts");
    }
    for (String name : names) {
      Optional<String> why = whyName(name);
      if (why.isPresent()) {
        return why;
      }
    }
    return whyHere(path);
  }

  private static Optional<String> whyName(String name) {
    if (name.isEmpty()) {
      return Optional.of("has an empty part");
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("has the part " + name);
    }
    if (name.endsWith(".") || name.endsWith(" ") || name.startsWith(" ")) {
      return Optional.of("has a part that begins with a space or ends with a dot or a space");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      return Optional.of("has a part longer than " + MAX_NAME_BYTES + " bytes");
    }
    if (DEVICE.matcher(name).matches()) {
      return Optional.of("has the name of a device");
    }
    return Optional.empty();
  }

  /** A process in a locale without UTF-8 cannot name every file; better refused than mangled. */
  private static Optional<String> whyHere(String path) {
    try {
      Path ignored = Path.of(path);
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of("cannot be named in this process's locale; set LC_ALL=C.UTF-8");
    }
  }

  private static boolean hostile(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> c != 0x200c && c != 0x200d;
      default -> c == '\\' || c == 0xfffd;
    };
  }

  private static String folded(String path) {
    String composed = Normalizer.normalize(path, Normalizer.Form.NFKC);
    String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }
}
