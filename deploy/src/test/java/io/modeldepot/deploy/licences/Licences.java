package io.modeldepot.deploy.licences;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Under which licences the depot may be passed on together with what it is built on. */
final class Licences {
  /**
   * Those that ask for no more than their text and names. With the classpath exception GPL asks
   * nothing of what uses it; EPL asks for its own files' sources, which are published unchanged.
   */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "0BSD",
          "CC0-1.0",
          "Public Domain",
          // Of RE2/J: BSD-3-Clause by another name.
          "Go License",
          "EPL-2.0",
          "GPL-2.0-with-classpath-exception");

  private Licences() {}

  /** Parts without a licence that is allowed; of several that a part names one is enough. */
  static List<String> faults(JsonNode bill) {
    List<String> faults = new ArrayList<>();
    for (JsonNode part : bill.path("components")) {
      Set<String> named = of(part);
      if (named.stream().noneMatch(ALLOWED::contains)) {
        faults.add(name(part) + ": " + (named.isEmpty() ? "no licence" : String.join(", ", named)));
      }
    }
    return faults;
  }

  /** A report for people: every licence with the parts that are under it. */
  static String report(JsonNode bill) {
    Map<String, Set<String>> parts = new TreeMap<>();
    for (JsonNode part : bill.path("components")) {
      parts.computeIfAbsent(String.join(" or ", of(part)), any -> new TreeSet<>()).add(name(part));
    }
    StringBuilder report = new StringBuilder();
    parts.forEach(
        (licence, names) -> {
          report.append(licence).append(" (").append(names.size()).append(")\n");
          names.forEach(it -> report.append("  ").append(it).append('\n'));
        });
    return report.toString();
  }

  private static Set<String> of(JsonNode part) {
    Set<String> named = new TreeSet<>();
    for (JsonNode choice : part.path("licenses")) {
      if (choice.has("expression")) {
        // With AND all would have to be allowed; nothing has that, and it is refused as a whole.
        named.addAll(
            List.of(choice.path("expression").asText().replaceAll("[()]", "").split(" OR ")));
      }
      for (String field : List.of("id", "name")) {
        if (choice.path("license").has(field)) {
          named.add(choice.path("license").path(field).asText());
        }
      }
    }
    return named;
  }

  private static String name(JsonNode part) {
    return "%s:%s:%s"
        .formatted(
            part.path("group").asText(), part.path("name").asText(), part.path("version").asText());
  }
}
