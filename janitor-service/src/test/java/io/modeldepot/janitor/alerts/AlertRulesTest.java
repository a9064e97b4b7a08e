package io.modeldepot.janitor.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule about a metric that nobody has never fires, and nobody notices. */
class AlertRulesTest {
  private static final Path RULES = Path.of("../deploy/prometheus/janitor.rules.yml");
  private static final Pattern METRIC = Pattern.compile("modeldepot_[a-z_]+");

  @Test
  void everyMetricOfARuleIsOneOfTheJanitors() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    TreeSet<String> named = new TreeSet<>();
    Matcher found = METRIC.matcher(Files.readString(RULES));
    while (found.find()) {
      named.add(found.group());
    }

    assertThat(named).hasSizeGreaterThan(5);
    assertThat(named)
        .allSatisfy(
            metric ->
                assertThat(sources.toString())
                    .contains('"' + metric.replaceFirst("_total$", "").replace('_', '.') + '"'));
  }
}
