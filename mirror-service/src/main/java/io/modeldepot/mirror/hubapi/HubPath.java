package io.modeldepot.mirror.hubapi;

import io.modeldepot.hub.address.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the path of a request asks for.
 *
 * <p>A repository's name has one segment or two, and a branch may be called {@code tree}: a path
 * can be read in two ways. Both are offered, the two-segment one first; the shelf knows which of
 * the names exists.
 *
 * @param kind what is asked for
 * @param repository name
 * @param revision empty where the path has none
 * @param path of a file or folder, empty where the path has none
 */
record HubPath(Kind kind, String repository, String revision, String path) {

  /** The doors of the API. */
  enum Kind {
    INFO("model"),
    TREE("tree"),
    PATHS_INFO("paths-info"),
    REFS("refs"),
    AUTH_CHECK("auth-check"),
    RESOLVE("resolve"),
    /** What git itself holds: of a large file the pointer. */
    RAW("raw");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** For metrics. */
    String label() {
      return label;
    }
  }

  private static final Set<String> WITH_REVISION = Set.of("revision", "tree", "paths-info");

  /**
   * Every way to read a path.
   *
   * @param rawPath as it came, still encoded
   * @return none if it is no path of the API
   * @throws IllegalArgumentException if its encoding is broken
   */
  static List<HubPath> readings(String rawPath) {
    List<String> segments = Encoding.segments(rawPath);
    List<HubPath> readings = new ArrayList<>();
    if (starts(segments, "api", "models")) {
      List<String> rest = segments.subList(2, segments.size());
      addApi(readings, rest, 2);
      addApi(readings, rest, 1);
    } else if (starts(segments, "api", "resolve-cache", "models")) {
      List<String> rest = segments.subList(3, segments.size());
      addFile(readings, Kind.RESOLVE, rest, 2, 2);
      addFile(readings, Kind.RESOLVE, rest, 1, 1);
    } else if (!starts(segments, "api") && !starts(segments, "q")) {
      for (int nameLength : new int[] {2, 1}) {
        for (Kind kind : List.of(Kind.RESOLVE, Kind.RAW)) {
          if (segments.size() > nameLength && segments.get(nameLength).equals(kind.label)) {
            addFile(readings, kind, segments, nameLength, nameLength + 1);
          }
        }
      }
    }
    return readings;
  }

  /**
   * {@code <repository>[/revision/<rev>|/tree/<rev>[/<path>]|/paths-info/<rev>|/refs|/auth-check]}.
   */
  private static void addApi(List<HubPath> readings, List<String> rest, int nameLength) {
    if (rest.size() < nameLength) {
      return;
    }
    String repository = String.join("/", rest.subList(0, nameLength));
    List<String> asked = rest.subList(nameLength, rest.size());
    if (asked.isEmpty()) {
      readings.add(new HubPath(Kind.INFO, repository, "", ""));
    } else if (asked.size() == 1) {
      switch (asked.getFirst()) {
        case "refs" -> readings.add(new HubPath(Kind.REFS, repository, "", ""));
        case "auth-check" -> readings.add(new HubPath(Kind.AUTH_CHECK, repository, "", ""));
        default -> {}
      }
    } else if (WITH_REVISION.contains(asked.getFirst())) {
      String path = String.join("/", asked.subList(2, asked.size()));
      Kind kind =
          switch (asked.getFirst()) {
            case "tree" -> Kind.TREE;
            case "paths-info" -> Kind.PATHS_INFO;
            default -> Kind.INFO;
          };
      if (kind == Kind.TREE || path.isEmpty()) {
        readings.add(new HubPath(kind, repository, asked.get(1), path));
      }
    }
  }

  /** {@code <repository>/resolve/<rev>/<path>}; in the resolver's cache without the word. */
  private static void addFile(
      List<HubPath> readings, Kind kind, List<String> rest, int nameLength, int revisionAt) {
    if (rest.size() >= revisionAt + 2) {
      readings.add(
          new HubPath(
              kind,
              String.join("/", rest.subList(0, nameLength)),
              rest.get(revisionAt),
              String.join("/", rest.subList(revisionAt + 1, rest.size()))));
    }
  }

  private static boolean starts(List<String> segments, String... first) {
    return segments.size() >= first.length
        && segments.subList(0, first.length).equals(List.of(first));
  }
}
