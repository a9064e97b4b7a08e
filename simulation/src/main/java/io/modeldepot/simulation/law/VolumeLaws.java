package io.modeldepot.simulation.law;

import io.modeldepot.simulation.content.Content;
import io.modeldepot.simulation.disk.Disk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What must hold of a volume after each change of a name, after each loss of power and at rest. It
 * knows by itself what every file has to be, and asks nothing of the product.
 */
public final class VolumeLaws {
  private static final String FAMILY = "testing";

  private final String root;
  private final Disk disk;
  private final Consumer<String> broken;
  private final Map<String, String> generations = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  /**
   * The laws of a volume.
   *
   * @param broken is told of each that is broken
   */
  public VolumeLaws(String root, Disk disk, Consumer<String> broken) {
    this.root = root;
    this.disk = disk;
    this.broken = broken;
  }

  /** A name changed. */
  public void changed(String call, String path) {
    if (path.startsWith(root + "/versions/")) {
      String rest = path.substring(root.length() + "/versions/".length());
      int slash = rest.indexOf('/');
      String model = slash < 0 ? rest : rest.substring(0, slash);
      checkModel(model);
      if (path.endsWith("/current.json") && call.equals("rename")) {
        checkGeneration(model);
      }
    } else if (path.startsWith(root + "/models/" + FAMILY + "/")) {
      String rest = path.substring((root + "/models/" + FAMILY + "/").length());
      int slash = rest.indexOf('/');
      checkView(slash < 0 ? rest : rest.substring(0, slash));
    } else if (path.startsWith(root + "/active/")) {
      checkActive(path.substring((root + "/active/").length()));
    } else if (path.startsWith(root + "/cache/blobs/")) {
      checkBlob(path);
    } else if (path.startsWith(root + "/downloads/") && !path.endsWith(".json")) {
      String rest = path.substring((root + "/downloads/").length());
      int slash = rest.indexOf('/');
      checkClaim(root + "/downloads/" + (slash < 0 ? rest : rest.substring(0, slash)));
    }
  }

  /** Everything, after a loss of power. */
  public void all() {
    for (String model : disk.names(root + "/versions")) {
      checkModel(model);
      checkView(model);
      checkActive(model);
      forgetLostGenerations(model);
    }
    for (String job : disk.names(root + "/downloads")) {
      if (job.endsWith(".json") && disk.size(root + "/downloads/" + job) == 0) {
        broken.accept("the journal downloads/" + job + " is empty");
      }
      checkClaim(root + "/downloads/" + job);
    }
    for (String prefix : disk.names(root + "/cache/blobs/sha256")) {
      for (String blob : disk.names(root + "/cache/blobs/sha256/" + prefix)) {
        checkBlob(root + "/cache/blobs/sha256/" + prefix + "/" + blob);
      }
    }
  }

  /** Whether a version was ever there. */
  public boolean wasThere(String model, String commit) {
    return seen.contains(model + "/" + commit);
  }

  /** The commits that are there now, {@code *} at the current one. */
  public Set<String> present(String model) {
    Set<String> present = new java.util.TreeSet<>();
    String current = word(current(model), "commit");
    for (String name : disk.names(root + "/versions/" + model)) {
      if (isManifest(name)) {
        String commit = name.substring(0, 40);
        present.add(commit + (commit.equals(current) ? "*" : ""));
      }
    }
    return present;
  }

  /** What must hold when nobody works, besides; each broken one is told of. */
  public void atRest(String model, boolean active, boolean swept) {
    all();
    String current = word(current(model), "commit");
    String view = root + "/models/" + FAMILY + "/" + model;
    if (!current.isEmpty()) {
      int number = Content.number(model, current);
      if (!shows(view, model, number)) {
        broken.accept("at rest " + view + " does not show the current version " + current);
      }
    } else if (disk.exists(view)) {
      broken.accept("at rest " + view + " shows something, and there is no current version");
    }
    String link = root + "/active/" + model;
    boolean wanted = active && !current.isEmpty();
    if (wanted != disk.exists(link) || wanted && !disk.link(link).endsWith("/" + current)) {
      broken.accept("at rest " + link + " is " + disk.link(link) + ", current is " + current);
    }
    for (String job : disk.names(root + "/downloads")) {
      if (swept && job.startsWith(".done-")) {
        broken.accept("at rest downloads/" + job + " is left");
      }
    }
  }

  // -- one model

  private void checkModel(String model) {
    String directory = root + "/versions/" + model;
    for (String name : disk.names(directory)) {
      if (isManifest(name)) {
        checkVersion(model, name.substring(0, 40));
      }
    }
    String current = word(current(model), "commit");
    if (!current.isEmpty() && !disk.exists(directory + "/" + current + ".json")) {
      broken.accept("current.json of " + model + " names " + current + ", which is not there");
    }
    String claim = directory + "/.claim";
    if (disk.exists(claim)) {
      checkClaim(claim);
    }
    checkActive(model);
  }

  private void checkVersion(String model, String commit) {
    String directory = root + "/versions/" + model;
    String tree = directory + "/" + commit;
    int number = Content.number(model, commit);
    if (number < 0 || disk.size(tree + ".json") <= 0) {
      broken.accept("the manifest of " + model + "@" + commit + " is empty or of nothing known");
      return;
    }
    for (String path : Content.paths()) {
      if (!isRight(tree + "/" + path, Content.file(model, number, path))) {
        broken.accept(
            "%s/%s is not what %s@%s says (%d bytes)"
                .formatted(tree, path, model, commit, disk.size(tree + "/" + path)));
      }
    }
    boolean unused = seen.add(model + "/" + commit);
  }

  private boolean isRight(String path, Content.Known known) {
    return disk.size(path) == known.sizeBytes() && Arrays.equals(disk.bytes(path), known.head());
  }

  private void checkGeneration(String model) {
    String json = current(model);
    String generation = model + "/" + word(json, "generation");
    String before = generations.put(generation, json);
    if (before != null && !before.equals(json)) {
      broken.accept("generation " + generation + " was published twice: " + before + ", " + json);
    }
  }

  /** A generation whose {@code current.json} was lost with the power may come again. */
  private void forgetLostGenerations(String model) {
    String now = word(current(model), "generation");
    long last = now.isEmpty() ? 0 : Long.parseLong(now);
    generations
        .keySet()
        .removeIf(
            it ->
                it.startsWith(model + "/")
                    && Long.parseLong(it.substring(model.length() + 1)) > last);
  }

  private void checkView(String model) {
    String view = root + "/models/" + FAMILY + "/" + model;
    if (!disk.exists(view)) {
      return;
    }
    for (int number = 0; number < Content.COMMITS; number++) {
      if (shows(view, model, number)) {
        return;
      }
    }
    broken.accept(view + " shows no version: " + disk.below(view));
  }

  private boolean shows(String view, String model, int number) {
    List<String> files = new ArrayList<>(disk.below(view));
    if (!files.equals(Content.paths())) {
      return false;
    }
    for (String path : files) {
      if (!isRight(view + "/" + path, Content.file(model, number, path))) {
        return false;
      }
    }
    return true;
  }

  private void checkActive(String model) {
    String link = root + "/active/" + model;
    if (!disk.exists(link)) {
      return;
    }
    String target = disk.link(link);
    String prefix = "../versions/" + model + "/";
    if (!target.startsWith(prefix) || !disk.exists(root + target.substring(2) + ".json")) {
      broken.accept(link + " leads to " + target + ", which is no version");
    }
  }

  private void checkBlob(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.length() == 64 && disk.size(path) >= 0) {
      boolean right = Content.of(name).filter(known -> isRight(path, known)).isPresent();
      if (!right) {
        broken.accept(path + " is not what its name says (" + disk.size(path) + " bytes)");
      }
    }
  }

  private void checkClaim(String place) {
    String name = place.substring(place.lastIndexOf('/') + 1);
    boolean hidden = name.startsWith(".") && !name.equals(".claim");
    if (!hidden && disk.isDirectory(place) && disk.names(place).size() != 1) {
      broken.accept("the claim " + place + " has not one entry: " + disk.names(place));
    }
  }

  private String current(String model) {
    return new String(
        disk.bytes(root + "/versions/" + model + "/current.json"), StandardCharsets.UTF_8);
  }

  private static boolean isManifest(String name) {
    return name.length() == 45 && name.endsWith(".json");
  }

  private static String word(String json, String name) {
    int at = json.indexOf("\"" + name + "\":");
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 3;
    if (json.charAt(from) == '"') {
      return json.substring(from + 1, json.indexOf('"', from + 1));
    }
    int end = from;
    while (end < json.length() && Character.isDigit(json.charAt(end))) {
      end++;
    }
    return json.substring(from, end);
  }
}
