package io.modeldepot.backup.snapshot;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How two backups differ, by version. Pure.
 *
 * @param from the id of the first
 * @param to the id of the second
 * @param lines every version that is not in both as it is, sorted by model and commit
 * @param addedBytes contents that only the second has
 * @param goneBytes contents that only the first has
 * @param sameVersions versions that are in both as they are
 */
public record SnapshotDiff(
    String from, String to, List<Line> lines, long addedBytes, long goneBytes, int sameVersions) {

  /** What became of a version. */
  public enum Change {
    /** Only the second has it. */
    ADDED,
    /** Only the first has it. */
    GONE,
    /** Both have it, with other files. */
    CHANGED,
    /** It became the current one, or is not any more; its files are the same. */
    SWITCHED
  }

  /**
   * A version.
   *
   * @param bytes of its files; of a changed one in the second
   * @param current whether it is the current one, in the second, or where it is
   */
  public record Line(
      ModelName model, CommitId commit, Change change, long bytes, boolean current) {}

  /** The difference from one to the other. */
  public static SnapshotDiff between(Snapshot from, Snapshot to) {
    Map<String, SavedVersion> before = byName(from);
    Map<String, SavedVersion> after = byName(to);
    SequencedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Line> lines = new ArrayList<>();
    int same = 0;
    for (String name : names) {
      SavedVersion old = before.get(name);
      SavedVersion now = after.get(name);
      if (old == null) {
        lines.add(line(Objects.requireNonNull(now), Change.ADDED));
      } else if (now == null) {
        lines.add(line(old, Change.GONE));
      } else if (!old.manifest().files().equals(now.manifest().files())) {
        lines.add(line(now, Change.CHANGED));
      } else if (old.current() != now.current()) {
        lines.add(line(now, Change.SWITCHED));
      } else {
        same++;
      }
    }
    return new SnapshotDiff(from.id(), to.id(), lines, onlyIn(to, from), onlyIn(from, to), same);
  }

  private static Map<String, SavedVersion> byName(Snapshot snapshot) {
    Map<String, SavedVersion> versions = new TreeMap<>();
    snapshot
        .versions()
        .forEach(v -> versions.put(v.manifest().model() + "@" + v.manifest().commit(), v));
    return versions;
  }

  private static Line line(SavedVersion version, Change change) {
    Manifest manifest = version.manifest();
    long bytes = manifest.presentFiles().stream().mapToLong(ManifestFile::sizeBytes).sum();
    return new Line(manifest.model(), manifest.commit(), change, bytes, version.current());
  }

  /** The registry's dump is another in every backup; it is not content of a version. */
  private static long onlyIn(Snapshot one, Snapshot other) {
    long bytes = 0;
    for (Map.Entry<Sha256, SavedContent> content : one.contents().entrySet()) {
      boolean dump = one.registry().sha256().filter(content.getKey()::equals).isPresent();
      if (!dump && !other.contents().containsKey(content.getKey())) {
        bytes += content.getValue().sizeBytes();
      }
    }
    return bytes;
  }
}
