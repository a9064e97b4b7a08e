package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.LeftOut;
import io.modeldepot.backup.snapshot.SavedVersion;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Restores to a directory that is no volume: {@code <model>/<commit>/…} and, once the tree is
 * whole, the manifest beside it. A file that is there and whole stays; one that is not is written
 * beside it and renamed over it.
 */
public final class TreeRestore {
  private static final String UNFINISHED = ".new-";

  private final FileCalls calls;
  private final Path root;
  private final Repository repository;
  private final Set<Sha256> counted = new HashSet<>();
  private final List<RestoreReport.Restored> restored = new ArrayList<>();
  private final List<LeftOut> failed = new ArrayList<>();
  private long writtenBytes;
  private long keptBytes;
  private int files;

  /** Restores below a directory that exists. */
  public TreeRestore(FileCalls calls, Path root, Repository repository) {
    this.calls = calls;
    this.root = root.toAbsolutePath().normalize();
    this.repository = repository;
  }

  /**
   * Restores, once.
   *
   * @throws NothingToRestore if the snapshot has nothing of it
   * @throws NoRoom if there is too little room; nothing was written
   */
  public RestoreReport run(Snapshot snapshot, Scope scope, int threads, Watcher watcher)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Choice choice = Choice.of(snapshot, scope);
    requireRoom(choice);
    try (BlockFetch blocks = new BlockFetch(repository, repository.index(), threads)) {
      ContentWriter writer = new ContentWriter(calls, blocks);
      for (SavedVersion version : choice.versions()) {
        Manifest manifest = version.manifest();
        try {
          restore(version, choice, writer, watcher);
          files += manifest.presentFiles().size();
          restored.add(new RestoreReport.Restored(manifest.model(), manifest.commit(), "written"));
        } catch (DamagedObject e) {
          failed.add(
              new LeftOut(
                  manifest.model(),
                  manifest.commit(),
                  Optional.empty(),
                  String.valueOf(e.getMessage())));
        }
      }
    }
    return new RestoreReport(
        restored, failed, files, writtenBytes, keptBytes, (System.nanoTime() - begun) / 1_000_000);
  }

  private void restore(SavedVersion version, Choice choice, ContentWriter writer, Watcher watcher)
      throws IOException, InterruptedException {
    Manifest manifest = version.manifest();
    Path model = root.resolve(manifest.model().value());
    Path tree = model.resolve(manifest.commit().value());
    DirectoryTree.makeBelow(calls, root, root.relativize(tree));
    for (ManifestFile file : manifest.presentFiles()) {
      Sha256 digest = Choice.digest(file);
      Path path = Layout.below(tree, file.path());
      if (isThere(path, file, digest)) {
        keptBytes += counted.add(digest) ? file.sizeBytes() : 0;
      } else {
        Path directory = path.getParent();
        if (directory != null) {
          DirectoryTree.makeBelow(calls, tree, tree.relativize(directory));
        }
        Path unfinished = path.resolveSibling(UNFINISHED + FreshName.eightHex());
        writer.write(digest, choice.content(file), unfinished, b -> {});
        calls.rename(unfinished, path);
        writtenBytes += counted.add(digest) ? file.sizeBytes() : 0;
      }
      watcher.at(writtenBytes + keptBytes, choice.bytes(), choice.files());
    }
    DirectoryTree.syncDirectories(calls, tree);
    if (version.signature().isPresent()) {
      beside(model, manifest.commit() + ".sig", version.signatureFile().orElseThrow());
    }
    beside(model, manifest.commit() + ".json", CanonicalJson.of(manifest));
  }

  private void beside(Path model, String name, byte[] content) throws IOException {
    SafeFile.replace(
        calls,
        model.resolve(UNFINISHED + FreshName.eightHex()),
        model.resolve(name),
        content,
        0644);
  }

  private boolean isThere(Path path, ManifestFile file, Sha256 digest) throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    return stat.isPresent()
        && stat.get().isFile()
        && stat.get().sizeBytes() == file.sizeBytes()
        && Digests.of(calls, path).sha256().equals(digest);
  }

  private void requireRoom(Choice choice) throws IOException {
    long needed = 0;
    for (SavedVersion version : choice.versions()) {
      Manifest manifest = version.manifest();
      Path tree = root.resolve(manifest.model().value()).resolve(manifest.commit().value());
      for (ManifestFile file : manifest.presentFiles()) {
        Optional<FileStat> stat = calls.stat(Layout.below(tree, file.path()));
        if (stat.filter(s -> s.sizeBytes() == file.sizeBytes()).isEmpty()) {
          needed += file.sizeBytes();
        }
      }
    }
    long free = calls.space(root).usableBytes();
    if (needed > free) {
      throw new NoRoom(needed, free);
    }
  }
}
