package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.archive.ArchiveShelf;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.VolumeRefused;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what the volume has, for announcing it: the volume is right about what is present. */
public final class Rescan {
  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Versions versions;
  private final ArchiveShelf archive;
  private final DamageMarks marks;

  /** A rescan of a volume. */
  public Rescan(Volume volume) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.versions = new Versions(volume);
    this.archive = new ArchiveShelf(volume);
    this.marks = new DamageMarks(volume);
  }

  /**
   * Everything the volume says of one model, read together: {@code current.json} did not change
   * while the manifests were read.
   *
   * @param model the model
   * @param current its commit point; empty if it never had one
   * @param versions the manifests of its versions that have a tree, sorted by commit
   * @param damaged those of them of which a file was found damaged and is still the same
   * @param archived what the archive has and {@code versions} has not, sorted by commit
   * @param problems files that could not be read and trees that are missing, in words
   */
  public record ModelOnVolume(
      ModelName model,
      Optional<Current> current,
      List<Manifest> versions,
      Set<CommitId> damaged,
      List<ArchivedVersion> archived,
      List<String> problems) {

    /** Keeps its own copies. */
    public ModelOnVolume {
      versions = List.copyOf(versions);
      damaged = Set.copyOf(damaged);
      archived = List.copyOf(archived);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Every model that has a directory, or an archive; call {@link #model} for each.
   *
   * @throws VolumeRefused if the volume went while it was read: one that is not mounted looks empty
   */
  public List<ModelName> models() throws IOException {
    List<ModelName> found =
        Stream.concat(versions.models().stream(), archive.models().stream())
            .distinct()
            .sorted(Comparator.comparing(ModelName::value))
            .toList();
    volume.requireStillHere();
    return found;
  }

  /**
   * One model.
   *
   * @throws VolumeRefused if the volume went while it was read: one that is not mounted looks empty
   */
  public ModelOnVolume model(ModelName model) throws IOException {
    while (true) {
      List<String> problems = new ArrayList<>();
      Optional<Current> before = current(model, problems);
      List<Manifest> manifests = manifests(model, problems);
      Set<CommitId> damaged = damaged(manifests);
      List<ArchivedVersion> archived = archived(model, problems);
      volume.requireStillHere();
      if (current(model, new ArrayList<>()).equals(before)) {
        return new ModelOnVolume(model, before, manifests, damaged, archived, problems);
      }
    }
  }

  private Set<CommitId> damaged(List<Manifest> manifests) throws IOException {
    Set<CommitId> damaged = new HashSet<>();
    for (Manifest manifest : manifests) {
      if (!marks.damaged(manifest.model(), manifest.commit()).isEmpty()) {
        damaged.add(manifest.commit());
      }
    }
    return damaged;
  }

  private List<ArchivedVersion> archived(ModelName model, List<String> problems)
      throws IOException {
    List<ArchivedVersion> archived = new ArrayList<>();
    for (CommitId commit : archive.commits(model)) {
      if (calls.stat(layout.manifest(model, commit)).isEmpty()) {
        Optional<ArchivedVersion> found = archive.find(model, commit);
        found.ifPresent(archived::add);
        if (found.isEmpty()) {
          problems.add(layout.shown(archive.place(model, commit)) + " cannot be read");
        }
      }
    }
    return archived;
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
