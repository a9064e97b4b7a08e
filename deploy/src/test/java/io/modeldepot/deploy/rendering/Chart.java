package io.modeldepot.deploy.rendering;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.modeldepot.deploy.facts.Checkout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The chart, as Helm renders it. */
public final class Chart {
  public static final String FOLDER = "deploy/helm/model-depot";
  private static final Pattern SOURCE = Pattern.compile("(?m)^# Source: model-depot/(\\S+)\n");

  private Chart() {}

  /** What Helm finds wrong with it; nothing is best. */
  public static List<String> faults() {
    LintResult result = new Helm(Checkout.file(FOLDER)).lint().strict().call();
    return result.isFailed() ? result.getMessages() : List.of();
  }

  /**
   * The manifests.
   *
   * @param release the name of the release
   * @param values a file with values
   * @param set single values that go before
   * @throws RuntimeException with Helm's own words where the values are not those of the schema
   */
  public static String render(String release, Path values, Map<String, Object> set) {
    var template =
        new Helm(Checkout.file(FOLDER))
            .template()
            .withName(release)
            .withNamespace("model-depot")
            .withKubeVersion("1.33.0")
            .withValuesFile(values);
    set.forEach(template::set);
    return template.call();
  }

  /** The manifests by the template that they come from. */
  public static Map<String, String> byTemplate(String rendered) {
    Map<String, StringBuilder> files = new LinkedHashMap<>();
    for (String document : rendered.split("(?m)^---\n")) {
      MatchResult source = SOURCE.matcher(document).results().findFirst().orElse(null);
      if (source != null) {
        StringBuilder file = files.computeIfAbsent(source.group(1), any -> new StringBuilder());
        file.append(file.isEmpty() ? "" : "---\n");
        file.append(SOURCE.matcher(document).replaceFirst("").strip()).append('\n');
      }
    }
    return files.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                it -> it.getValue().toString(),
                (a, b) -> a,
                LinkedHashMap::new));
  }
}
