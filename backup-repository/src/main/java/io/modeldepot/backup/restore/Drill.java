package io.modeldepot.backup.restore;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Proves that a backup can be restored: restores a sample of it to an empty scratch directory,
 * verified while it is written, and removes it again.
 */
public final class Drill {
  private final Repository repository;
  private final FileCalls calls;

  /** Drills from a repository. */
  public Drill(Repository repository, FileCalls calls) {
    this.repository = repository;
    this.calls = calls;
  }

  /**
   * Drills.
   *
   * @param scratch a directory that exists and is empty; it is empty again afterwards
   * @param mostBytes how large the sample may be; at least one version is restored
   * @param random chooses the versions
   */
  public RestoreReport run(
      Snapshot snapshot,
      Path scratch,
      long mostBytes,
      RandomGenerator random,
      int threads,
      Watcher watcher)
      throws IOException, InterruptedException {
    List<RestoreReport> reports = new ArrayList<>();
    try {
      for (SavedVersion version : sample(snapshot, mostBytes, random)) {
        Manifest manifest = version.manifest();
        reports.add(
            new TreeRestore(calls, scratch, repository)
                .run(snapshot, Scope.of(manifest.model(), manifest.commit()), threads, watcher));
        for (Path entry : calls.entries(scratch)) {
          DirectoryTree.remove(calls, entry);
        }
      }
    } finally {
      for (Path entry : calls.entries(scratch)) {
        DirectoryTree.remove(calls, entry);
      }
    }
    return together(reports);
  }

  private static List<SavedVersion> sample(
      Snapshot snapshot, long mostBytes, RandomGenerator random) {
    List<SavedVersion> all = new ArrayList<>(snapshot.versions());
    java.util.Collections.shuffle(all, java.util.Random.from(random));
    List<SavedVersion> sample = new ArrayList<>();
    long bytes = 0;
    for (SavedVersion version : all) {
      if (bytes + bytes(version) <= mostBytes) {
        bytes += bytes(version);
        sample.add(version);
      }
    }
    if (sample.isEmpty()) {
      all.stream().min(Comparator.comparingLong(Drill::bytes)).ifPresent(sample::add);
    }
    return sample;
  }

  private static long bytes(SavedVersion version) {
    return version.manifest().presentFiles().stream().mapToLong(ManifestFile::sizeBytes).sum();
  }

  private static RestoreReport together(List<RestoreReport> reports) {
    return new RestoreReport(
        reports.stream().flatMap(r -> r.restored().stream()).toList(),
        reports.stream().flatMap(r -> r.failed().stream()).toList(),
        reports.stream().mapToInt(RestoreReport::files).sum(),
        reports.stream().mapToLong(RestoreReport::writtenBytes).sum(),
        reports.stream().mapToLong(RestoreReport::keptBytes).sum(),
        reports.stream().mapToLong(RestoreReport::milliseconds).sum());
  }
}
