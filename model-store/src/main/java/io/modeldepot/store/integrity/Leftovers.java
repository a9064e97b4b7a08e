package io.modeldepot.store.integrity;

import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.VolumeTime;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What crashes leave that is nobody's work: claims that were being made, directories of a probe,
 * blobs that were about to take another's place, and what could not be emptied before. No clock of
 * a machine is asked, only the volume's own.
 */
public final class Leftovers {
  private static final Duration OLD = Duration.ofDays(1);
  private static final String CLAIM = Layout.HIDDEN + "new-";
  private static final String PROBE = VolumeTime.PROBE;

  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Clearing clearing;

  /** The leftovers on a volume. */
  public Leftovers(Volume volume) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clearing = new Clearing(volume);
  }

  /** What there is to remove: older than a day, or in the trash already. Changes nothing. */
  public List<Path> find(Instant volumesNow) throws IOException {
    Instant before = volumesNow.minus(OLD);
    List<Path> found = new ArrayList<>();
    addNamed(layout.trash(), Layout.LEFT, Instant.MAX, found);
    addNamed(layout.depot(), PROBE, before, found);
    addNamed(layout.janitor(), PROBE, before, found);
    addNamed(layout.downloads(), CLAIM, before, found);
    addNamed(layout.engines(), CLAIM, before, found);
    for (Path model : DirectoryTree.entriesIfThere(calls, layout.versions())) {
      addNamed(model, CLAIM, before, found);
    }
    for (Path cached : List.of(layout.blobs(), layout.chunkLists())) {
      for (Path directory : DirectoryTree.entriesIfThere(calls, cached)) {
        addNamed(directory, Layout.HIDDEN, before, found);
      }
    }
    return found;
  }

  /**
   * Removes them. What refuses stays for the next time. By the volume's owner alone.
   *
   * @return what was removed
   */
  public List<Path> clear() throws IOException {
    List<Path> removed = new ArrayList<>();
    for (Path path : find(VolumeTime.now(volume))) {
      if (isGone(path)) {
        removed.add(path);
      }
    }
    return removed;
  }

  private boolean isGone(Path path) throws IOException {
    if (!layout.trash().equals(path.getParent())) {
      return clearing.away(path);
    }
    try {
      DirectoryTree.remove(calls, path);
      return true;
    } catch (FileCallFailed still) {
      return false;
    }
  }

  private void addNamed(Path directory, String prefix, Instant before, List<Path> found)
      throws IOException {
    for (Path path : DirectoryTree.entriesIfThere(calls, directory)) {
      Optional<FileStat> stat = calls.stat(path);
      if (String.valueOf(path.getFileName()).startsWith(prefix)
          && stat.isPresent()
          && stat.get().modifiedAt().isBefore(before)) {
        found.add(path);
      }
    }
  }
}
