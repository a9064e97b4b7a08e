package io.modeldepot.backup.keep;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.BlockReader;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.pack.Location;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.events.terms.ManifestFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Proves that a repository is whole, or says what is not. Changes nothing, and needs no lock. */
public final class Check {
  private final Repository repository;
  private final List<String> findings = new ArrayList<>();
  private final Set<String> damagedVersions = new HashSet<>();

  /** A check of a repository, to be run once. */
  public Check(Repository repository) {
    this.repository = repository;
  }

  /**
   * Checks.
   *
   * @param depth how much of the blocks is read
   * @throws IOException if the repository's place refuses: then it is not known
   */
  public CheckReport run(Depth depth, Watcher watcher) throws IOException {
    long begun = System.nanoTime();
    BlockIndex index = repository.index();
    index.damaged().forEach(d -> findings.add(String.valueOf(d.getMessage())));
    List<Snapshot> snapshots = snapshots();
    // By where they lie: a pack is read from its beginning to its end.
    TreeMap<String, BlockId> needed = new TreeMap<>();
    for (Snapshot snapshot : snapshots) {
      structure(snapshot, index, needed);
    }
    List<BlockId> toRead = needed.values().stream().filter(id -> depth.has(id.value())).toList();
    long total = 0;
    for (BlockId id : toRead) {
      total += index.find(id).map(Location::rawLength).orElse(0);
    }
    long read = 0;
    try (BlockReader reader = repository.reader()) {
      for (BlockId id : toRead) {
        Location at = index.find(id).orElseThrow();
        try {
          read += reader.read(id, at).length;
        } catch (DamagedObject e) {
          findings.add(e.getMessage() + " " + whose(id, snapshots));
        }
        watcher.at(read, total, toRead.size());
      }
    }
    return new CheckReport(
        snapshots.size(),
        needed.size(),
        toRead.size(),
        read,
        findings,
        (System.nanoTime() - begun) / 1_000_000);
  }

  private List<Snapshot> snapshots() throws IOException {
    List<Snapshot> readable = new ArrayList<>();
    for (Snapshots.Named named : repository.snapshots().list()) {
      try {
        readable.add(repository.snapshots().read(named));
      } catch (DamagedObject e) {
        findings.add(String.valueOf(e.getMessage()));
      } catch (NoSuchObject e) {
        // Forgotten since it was listed.
        continue;
      }
    }
    return readable;
  }

  private void structure(Snapshot snapshot, BlockIndex index, TreeMap<String, BlockId> needed) {
    for (SavedVersion version : snapshot.versions()) {
      for (ManifestFile file : version.manifest().files()) {
        if (file.present()) {
          content(snapshot, version, file, index, needed);
        }
      }
    }
    snapshot
        .registry()
        .sha256()
        .ifPresent(
            digest -> {
              SavedContent content = snapshot.contents().get(digest);
              if (content == null || !allThere(content, index, needed)) {
                findings.add("Snapshot " + snapshot.id() + " lacks the registry's data.");
              }
            });
  }

  private void content(
      Snapshot snapshot,
      SavedVersion version,
      ManifestFile file,
      BlockIndex index,
      TreeMap<String, BlockId> needed) {
    SavedContent content = file.sha256().map(snapshot.contents()::get).orElse(null);
    boolean there =
        content != null
            && content.sizeBytes() == file.sizeBytes()
            && allThere(content, index, needed);
    if (!there) {
      String whose = version.manifest().model() + "@" + version.manifest().commit();
      if (damagedVersions.add(snapshot.id() + whose + file.path())) {
        findings.add(
            "Snapshot " + snapshot.id() + " lacks blocks of " + file.path() + " of " + whose + ".");
      }
    }
  }

  private static boolean allThere(
      SavedContent content, BlockIndex index, TreeMap<String, BlockId> needed) {
    boolean all = true;
    for (BlockId id : content.blocks()) {
      var at = index.find(id);
      if (at.isPresent()) {
        needed.put("%s %010d".formatted(at.get().pack(), at.get().offset()), id);
      } else {
        all = false;
      }
    }
    return all;
  }

  /** What a damaged block costs. */
  private static String whose(BlockId id, List<Snapshot> snapshots) {
    Set<String> versions = new java.util.TreeSet<>();
    for (Snapshot snapshot : snapshots) {
      for (SavedVersion version : snapshot.versions()) {
        for (ManifestFile file : version.manifest().files()) {
          SavedContent content = file.sha256().map(snapshot.contents()::get).orElse(null);
          if (file.present() && content != null && content.blocks().contains(id)) {
            versions.add(version.manifest().model() + "@" + version.manifest().commit());
          }
        }
      }
    }
    return "It belongs to " + String.join(", ", versions) + ".";
  }
}
