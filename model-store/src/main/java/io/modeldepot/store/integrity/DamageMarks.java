package io.modeldepot.store.integrity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.notes.Notes;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files of versions in place were found damaged: {@code .depot/janitor/damaged}. A mark holds
 * for the very file that was read: once another one has its name, by a repair, a restore or a
 * download, the mark says nothing any more, and nobody has to take it away. Whoever reads a version
 * whole sets its marks; anybody may ask. Safe for threads; of two who set the later counts.
 */
public final class DamageMarks {
  private static final int LONGEST_NAME = 80;

  private final Layout layout;
  private final FileCalls calls;
  private final Notes notes;

  /**
   * The marks of a version.
   *
   * @param format 1
   */
  record Marks(@JsonProperty(required = true) int format, List<Mark> files) {
    Marks {
      files = Components.list(files);
    }
  }

  /**
   * A file that was found damaged.
   *
   * @param path relative to the version's tree
   * @param found the file that was read; empty where there was none
   */
  record Mark(String path, Optional<Found> found) {
    Mark {
      Components.required(path, "path");
      found = Components.optional(found);
    }
  }

  /**
   * What tells a file from the next one of its name. Not the device: one volume has several
   * numbers, by who mounts it.
   */
  record Found(
      @JsonProperty(required = true) long inode,
      @JsonProperty(required = true) long sizeBytes,
      Instant modifiedAt) {
    Found {
      Components.required(modifiedAt, "modifiedAt");
    }

    static Found of(FileStat stat) {
      return new Found(
          stat.inode(), stat.sizeBytes(), stat.modifiedAt().truncatedTo(ChronoUnit.MILLIS));
    }
  }

  /** The marks of a volume. */
  public DamageMarks(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.notes = new Notes(volume, "damaged");
  }

  /** A version was read whole, and these of its files are damaged; none, and it is whole. */
  public void set(ModelName model, CommitId commit, Collection<String> paths) throws IOException {
    write(model, commit, looked(model, commit, paths).values());
  }

  /** These files of a version were found damaged; what was known of others stays. */
  public void add(ModelName model, CommitId commit, Collection<String> paths) throws IOException {
    Map<String, Mark> all = new LinkedHashMap<>();
    for (Mark mark : read(model, commit)) {
      all.put(mark.path(), mark);
    }
    all.putAll(looked(model, commit, paths));
    write(model, commit, all.values());
  }

  /** The files that were found damaged and are still those, sorted. */
  public Set<String> damaged(ModelName model, CommitId commit) throws IOException {
    Set<String> still = new TreeSet<>();
    for (Mark mark : read(model, commit)) {
      Optional<Found> now = look(model, commit, mark.path());
      if (now.isEmpty() || now.equals(mark.found())) {
        still.add(mark.path());
      }
    }
    return still;
  }

  /** Forgets the marks of versions that are not there any more. */
  public void keepOnly(Set<CommitId> there) throws IOException {
    for (String name : notes.list()) {
      if (there.stream().noneMatch(commit -> name.startsWith(commit + "-"))) {
        notes.forget(name);
      }
    }
  }

  private Map<String, Mark> looked(ModelName model, CommitId commit, Collection<String> paths)
      throws IOException {
    Map<String, Mark> marks = new LinkedHashMap<>();
    for (String path : paths) {
      marks.put(path, new Mark(path, look(model, commit, path)));
    }
    return marks;
  }

  private Optional<Found> look(ModelName model, CommitId commit, String path) throws IOException {
    Path file = Layout.below(layout.tree(model, commit), path);
    return calls.stat(file).map(Found::of);
  }

  private void write(ModelName model, CommitId commit, Collection<Mark> marks) throws IOException {
    if (!marks.isEmpty()) {
      notes.write(name(model, commit), Wire.write(new Marks(1, new ArrayList<>(marks))));
    } else if (notes.read(name(model, commit)).isPresent()) {
      notes.forget(name(model, commit));
    }
  }

  private List<Mark> read(ModelName model, CommitId commit) throws IOException {
    Optional<byte[]> json = notes.read(name(model, commit));
    try {
      return json.isEmpty() ? List.of() : Wire.read(json.get(), Marks.class).files();
    } catch (UnreadablePayload e) {
      // The next reading of the version says it again.
      return List.of();
    }
  }

  private static String name(ModelName model, CommitId commit) {
    String value = model.value();
    return commit + "-" + value.substring(0, Math.min(LONGEST_NAME, value.length()));
  }
}
