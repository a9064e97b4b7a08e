package io.modeldepot.backup.keep;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.BlockReader;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.pack.Location;
import io.modeldepot.backup.pack.Pack;
import io.modeldepot.backup.pack.PackEntry;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.repository.SummedJson;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.events.terms.ManifestFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    Set<BlockId> needed = new HashSet<>();
    for (Snapshot snapshot : snapshots) {
      structure(snapshot, index, needed);
    }
    notes();
    if (depth.parts() > 0) {
      packsOnThemselves(index);
    }
    List<Copy> toRead = copies(index, depth);
    long total = toRead.stream().mapToLong(copy -> copy.at().rawLength()).sum();
    long read = 0;
    try (BlockReader reader = repository.reader()) {
      for (Copy copy : toRead) {
        try {
          read += reader.read(copy.id(), copy.at()).length;
        } catch (DamagedObject e) {
          if (needed.contains(copy.id()) || !(e.getCause() instanceof NoSuchObject)) {
            findings.add(e.getMessage() + " " + whose(copy.id(), snapshots));
          }
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

  /** A block where it lies. */
  private record Copy(BlockId id, Location at) {}

  /**
   * Every copy of a block, also one that no backup needs: the next backup relies on what is there.
   * By where they lie: a pack is read from its beginning to its end.
   */
  private static List<Copy> copies(BlockIndex index, Depth depth) {
    List<Copy> copies = new ArrayList<>();
    for (Pack pack : index.packs().values()) {
      for (PackEntry entry : pack.entries()) {
        if (depth.has(entry.id().value())) {
          copies.add(
              new Copy(
                  entry.id(),
                  new Location(pack.name(), entry.offset(), entry.length(), entry.rawLength())));
        }
      }
    }
    return copies;
  }

  /** Index files are only a cache: what a pack says of itself must be readable and the same. */
  private void packsOnThemselves(BlockIndex index) throws IOException {
    BlockIndex own = BlockIndex.ofPacks(repository.storage(), repository.seal(), Set.of());
    Set<String> known = new HashSet<>(findings);
    own.damaged().stream()
        .map(d -> String.valueOf(d.getMessage()))
        .filter(known::add)
        .forEach(findings::add);
    for (Pack pack : own.packs().values()) {
      Pack said = index.packs().get(pack.name());
      if (said != null && !said.equals(pack)) {
        findings.add(
            Location.object(pack.name()) + " has other blocks than the files in index/ say.");
      }
    }
  }

  /** What lies open beside them. */
  private void notes() throws IOException {
    for (String folder : List.of(Repository.KEYS, Pins.FOLDER, Obsolete.FOLDER)) {
      for (Storage.Stored object : repository.storage().list(folder)) {
        try {
          SummedJson.requireWhole(repository.storage().get(object.name()), object.name());
        } catch (DamagedObject e) {
          findings.add(String.valueOf(e.getMessage()));
        } catch (NoSuchObject e) {
          // Taken away since it was listed.
          continue;
        }
      }
    }
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

  private void structure(Snapshot snapshot, BlockIndex index, Set<BlockId> needed) {
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
      Set<BlockId> needed) {
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

  private static boolean allThere(SavedContent content, BlockIndex index, Set<BlockId> needed) {
    needed.addAll(content.blocks());
    return index.hasAll(content.blocks());
  }

  /** What a damaged block costs. */
  private static String whose(BlockId id, List<Snapshot> snapshots) {
    Set<String> versions = new java.util.TreeSet<>();
    for (Snapshot snapshot : snapshots) {
      snapshot
          .registry()
          .sha256()
          .map(snapshot.contents()::get)
          .filter(content -> content.blocks().contains(id))
          .ifPresent(content -> versions.add("the registry's data in " + snapshot.id()));
      for (SavedVersion version : snapshot.versions()) {
        for (ManifestFile file : version.manifest().files()) {
          SavedContent content = file.sha256().map(snapshot.contents()::get).orElse(null);
          if (file.present() && content != null && content.blocks().contains(id)) {
            versions.add(version.manifest().model() + "@" + version.manifest().commit());
          }
        }
      }
    }
    return versions.isEmpty()
        ? "No backup needs it now."
        : "It belongs to " + String.join(", ", versions) + ".";
  }
}
