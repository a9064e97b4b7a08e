package io.modeldepot.deploy.facts;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a service reads from the environment: those of its section in {@code
 * docs/configuration.md}, which is written from the sources, those of TLS, and those of its image.
 */
public final class Settings {
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_<>]+)`");

  private Settings() {}

  /** Whether a service reads this. */
  public static boolean has(String service, String variable) {
    return names(service).stream()
        .anyMatch(name -> variable.matches(name.replace("<NAME>", "[A-Z0-9]+")));
  }

  private static Set<String> names(String service) {
    Set<String> names = new HashSet<>();
    String page = Checkout.read("docs/configuration.md");
    for (String section : page.split("(?m)^## ")) {
      if (section.startsWith("Every service\n") || section.startsWith(service + "-service\n")) {
        // The first cell of a row.
        section
            .lines()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> found(NAME, line.split("\\|")[1]))
            .forEach(names::add);
      }
    }
    // Quarkus' own, as far as a page of ours says what they do.
    found(Pattern.compile("(?m)^(QUARKUS_[A-Z_]+)="), Checkout.read("docs/tls.md"))
        .forEach(names::add);
    found(Pattern.compile("\\$\\{?([A-Z][A-Z_]+)"), Checkout.read("deploy/docker/entrypoint.sh"))
        .filter(name -> !List.of("LANG", "LC_ALL", "LC_CTYPE", "JAVA_HOME").contains(name))
        .forEach(names::add);
    return names;
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult it) -> it.group(1));
  }
}
