package io.modeldepot.deploy.rendering;

import io.modeldepot.deploy.facts.Checkout;
import java.util.Map;
import java.util.TreeMap;

/**
 * What kustomizations begin with, rendered from the chart: whoever prefers Kustomize has the same
 * objects, and there is one place to change one.
 *
 * <p>The mark of the settings, by which Helm starts pods anew, is left out. The location has no
 * name in front of its objects' names; a kustomization gives it one.
 */
public final class Bases {
  /** Where they lie. */
  public static final String FOLDER = "deploy/kubernetes/";

  private static final Map<String, String> ROOMS =
      Map.of(
          "serviceaccount.yaml", "core",
          "registry.yaml", "core",
          "placement.yaml", "core",
          "networkpolicies.yaml", "core",
          "agents.yaml", "agents",
          "locations.yaml", "location",
          "setup.yaml", "setup",
          "kafka.yaml", "engines",
          "database.yaml", "engines");

  private Bases() {}

  /** Path to text. */
  public static Map<String, String> files() {
    String rendered =
        Chart.render(
            "model-depot",
            Checkout.file(Chart.FOLDER + "/examples/operators.yaml"),
            Map.of("agents.enabled", "true"));
    Map<String, String> files = new TreeMap<>();
    Chart.byTemplate(rendered)
        .forEach(
            (template, text) -> {
              String name = template.replace("templates/", "");
              String room = ROOMS.get(name);
              if (room == null) {
                throw new IllegalStateException("It is not said where " + template + " goes");
              }
              files.put(FOLDER + room + "/" + name, head(template) + withoutHelm(text, room));
            });
    return files;
  }

  private static String head(String template) {
    return "# Written by `make docs` from %s/%s; a test compares.\n"
        .formatted(Chart.FOLDER, template);
  }

  private static String withoutHelm(String text, String room) {
    String plain =
        text.replaceAll("(?m)^ *model-depot\\.io/settings:.*\n", "")
            .replaceAll("(?m)^ *annotations:\n", "");
    return room.equals("location")
        ? plain.replaceAll("(?m)^(.*name: model-depot-(?:downloader|janitor|mirror))-default", "$1")
        : plain;
  }
}
