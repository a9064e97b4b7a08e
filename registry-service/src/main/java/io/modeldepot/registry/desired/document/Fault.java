package io.modeldepot.registry.desired.document;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something in a document that cannot be meant.
 *
 * @param place where it stands
 * @param path the keys that lead to it; empty for the whole document
 * @param say what is wrong, and what it could be
 */
public record Fault(Place place, List<String> path, String say) {

  public Fault {
    path = List.copyOf(path);
  }

  /** The keys as a JSON pointer (RFC 6901). */
  public String pointer() {
    return path.stream()
        .map(key -> "/" + key.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /** With its place, as compilers say it. */
  @Override
  public String toString() {
    return place
        + ": "
        + (path.isEmpty() ? "" : YamlText.shown(String.join(".", path)) + ": ")
        + say;
  }
}
