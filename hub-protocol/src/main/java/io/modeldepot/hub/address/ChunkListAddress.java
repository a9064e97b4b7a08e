package io.modeldepot.hub.address;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a mirror of ours offers the list of the pieces of a file: {@code
 * /<name>/chunks-1/<commit>/<path>}. The number is the form of the list; the Hub has nothing here.
 *
 * @param name what the mirror calls the repository, one or two parts
 * @param commit a commit: what is under this address never changes
 * @param path in the repository
 */
public record ChunkListAddress(String name, String commit, String path) {
  private static final String WORD = "chunks-1";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** At this mirror. */
  public URI at(HubUrls mirror) {
    return URI.create(
        "%s/%s/%s/%s/%s"
            .formatted(
                mirror, Encoding.path(name), WORD, Encoding.segment(commit), Encoding.path(path)));
  }

  /**
   * Reads the path of a request.
   *
   * @param rawPath as it came, still encoded
   * @return empty if it asks for something else
   * @throws IllegalArgumentException if its encoding is broken
   */
  public static Optional<ChunkListAddress> of(String rawPath) {
    // The word has nothing to encode, and nearly all paths are without it.
    if (!rawPath.contains("/" + WORD + "/")) {
      return Optional.empty();
    }
    List<String> segments = Encoding.segments(rawPath);
    for (int parts = 2; parts >= 1; parts--) {
      if (segments.size() >= parts + 3
          && segments.get(parts).equals(WORD)
          && COMMIT.matcher(segments.get(parts + 1)).matches()) {
        return Optional.of(
            new ChunkListAddress(
                String.join("/", segments.subList(0, parts)),
                segments.get(parts + 1),
                String.join("/", segments.subList(parts + 2, segments.size()))));
      }
    }
    return Optional.empty();
  }
}
