package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the volume has, for announcing it: the volume is right about what is present. */
public final class Rescan {
  private final Layout layout;
  private final FileCalls calls;
  private final Versions versions;

  /** A rescan of a volume. */
  public Rescan(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.versions = new Versions(volume);
  }

  /**
   * Everything the volume says of one model, read together: {@code current.json} did not change
   * while the manifests were read.
   *
   * @param model the model
   * @param current its commit point; empty if it never had one
   * @param versions the manifests of its versions that have a tree, sorted by commit
   * @param problems files that could not be read and trees that are missing, in words
   */
  public record ModelOnVolume(
      ModelName model, Optional<Current> current, List<Manifest> versions, List<String> problems) {

    /** Keeps its own copies. */
    public ModelOnVolume {
      versions = List.copyOf(versions);
      problems = List.copyOf(problems);
    }
  }

  /** Every model that has a directory below {@code versions}; call {@link #model} for each. */
  public List<ModelName> models() throws IOException {
    return versions.models();
  }

  /** One model. */
  public ModelOnVolume model(ModelName model) throws IOException {
    while (true) {
      List<String> problems = new ArrayList<>();
      Optional<Current> before = current(model, problems);
      List<Manifest> manifests = manifests(model, problems);
      if (current(model, new ArrayList<>()).equals(before)) {
        return new ModelOnVolume(model, before, manifests, problems);
      }
    }
  }

  private Optional<Current> current(ModelName model, List<String> problems) throws IOException {
    try {
      return versions.current(model);
    } catch (UnreadableFile e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<Manifest> manifests(ModelName model, List<String> problems) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (CommitId commit : versions.commits(model)) {
      try {
        Optional<Manifest> manifest = versions.manifest(model, commit);
        if (calls.stat(layout.tree(model, commit)).filter(FileStat::isDirectory).isPresent()) {
          manifest.ifPresent(manifests::add);
        } else if (manifest.isPresent()) {
          problems.add(Layout.announcedPath(model, commit) + " has a manifest and no tree");
        }
      } catch (UnreadableFile e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return manifests;
  }
}
