package io.modeldepot.store.retire;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.archive.ArchiveShelf;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.archive.DamagedArchive;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.publish.NoSuchVersion;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.publish.Publisher;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Takes versions into the archive and brings them back. Each call may be repeated after a failure
 * or a crash at any point, and then does the rest. Whether anybody uses a version the caller has
 * found out.
 */
public final class Archive {
  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Clock clock;
  private final Versions versions;
  private final Publisher publisher;
  private final Trash trash;
  private final ArchiveShelf shelf;

  /** The archive of a volume. */
  public Archive(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clock = clock;
    this.versions = new Versions(volume);
    this.publisher = new Publisher(volume, clock);
    this.trash = new Trash(volume, clock);
    this.shelf = new ArchiveShelf(volume);
  }

  /**
   * For what, and for how long what goes to the trash can be brought back.
   *
   * @param job that does it
   * @param reason in words
   * @param window how long
   */
  public record Taking(RequestId job, String reason, Duration window) {}

  /** What is in the archive. */
  public ArchiveShelf shelf() {
    return shelf;
  }

  /**
   * Archives a version: packs it, reads the packed back, puts it in place, and only then moves the
   * version itself to the trash, which it leaves after its window. A model whose current version it
   * was has none then. Its generation rises.
   *
   * @param shownGeneration the highest generation that the state topic shows; 0 for none
   * @param done told how many bytes were packed
   * @return the entry; the one there is already if a call before this one was interrupted
   * @throws NoSuchVersion if there is neither the version nor an archive of it
   * @throws DamagedArchive if the version is not whole; it stays as it is
   */
  public ArchivedVersion take(
      Claim claim,
      ModelName model,
      CommitId commit,
      Taking taking,
      long shownGeneration,
      LongConsumer done)
      throws IOException {
    volume.requireStillHere();
    Optional<Manifest> manifest = versions.manifest(model, commit);
    Optional<ArchivedVersion> before = shelf.find(model, commit);
    if (manifest.isEmpty()) {
      ArchivedVersion there = before.orElseThrow(() -> new NoSuchVersion(model, commit));
      if (trash.find(model, commit, taking.job()).isPresent()) {
        discardVersion(claim, there, taking, shownGeneration);
      }
      return there;
    }
    boolean current =
        versions.current(model).flatMap(Current::commit).filter(commit::equals).isPresent();
    boolean packed = before.isPresent() && isGood(before.get(), manifest.get());
    if (!packed && calls.stat(shelf.place(model, commit)).isPresent()) {
      discard(model, commit, taking);
    }
    ArchivedVersion entry =
        packed ? before.orElseThrow() : put(claim, manifest.get(), current, done);
    if (current) {
      var unused = publisher.withdraw(claim, model, shownGeneration);
    } else {
      // An attempt before may have stopped between the commit point and the views.
      publisher.settle(claim, model);
    }
    discardVersion(claim, entry, taking, shownGeneration);
    return entry;
  }

  /**
   * Brings a version back: unpacks and verifies every content, publishes it, and moves the archive
   * to the trash. It does not become current, unless it was when it was archived and no other one
   * is now. Needs no network.
   *
   * @throws NoSuchVersion if it is not in the archive
   * @throws DamagedArchive if the archive is not whole; nothing is changed then
   */
  public ArchivedVersion bringBack(
      Claim claim,
      ModelName model,
      CommitId commit,
      Taking taking,
      long shownGeneration,
      LongConsumer done)
      throws IOException {
    volume.requireStillHere();
    ArchivedVersion entry =
        shelf.readable(model, commit).orElseThrow(() -> new NoSuchVersion(model, commit));
    boolean toBeCurrent =
        entry.wasCurrent() && versions.current(model).flatMap(Current::commit).isEmpty();
    if (versions.manifest(model, commit).isEmpty()) {
      Path scratch = claim.freshScratch();
      Map<Sha256, Path> parts = shelf.unpack(entry, scratch, done);
      Publication unused =
          toBeCurrent
              ? publisher.publish(claim, entry.manifest(), parts, shownGeneration)
              : publisher.bringBack(claim, entry.manifest(), parts, shownGeneration);
      boolean cleared = new Clearing(volume).away(scratch);
    } else if (toBeCurrent) {
      Publication unused = publisher.makeCurrent(claim, model, commit, shownGeneration);
    } else {
      // An attempt before may have stopped between the commit point and the views.
      publisher.settle(claim, model);
    }
    discard(model, commit, taking);
    return entry;
  }

  private ArchivedVersion put(Claim claim, Manifest manifest, boolean current, LongConsumer done)
      throws IOException {
    ModelName model = manifest.model();
    CommitId commit = manifest.commit();
    Path scratch = claim.freshScratch();
    Path fresh = scratch.resolve("archive");
    shelf.pack(manifest, current, clock.instant(), fresh, done);
    if (DirectoryTree.makeIfAbsent(calls, shelf.place(model))) {
      calls.syncDirectory(layout.archive());
    }
    calls.renameNoReplace(fresh, shelf.place(model, commit));
    calls.syncDirectory(shelf.place(model));
    boolean cleared = new Clearing(volume).away(scratch);
    return shelf.find(model, commit).orElseThrow(() -> new NoSuchVersion(model, commit));
  }

  /** Whether what an attempt before left can be used: of the same version, and whole. */
  private boolean isGood(ArchivedVersion entry, Manifest manifest) throws IOException {
    if (!entry.manifest().equals(manifest)) {
      return false;
    }
    try {
      shelf.verify(entry, bytes -> {});
      return true;
    } catch (DamagedArchive e) {
      return false;
    }
  }

  private void discardVersion(
      Claim claim, ArchivedVersion entry, Taking taking, long shownGeneration) throws IOException {
    Manifest manifest = entry.manifest();
    TrashEntry unused =
        trash.take(
            claim,
            new TrashNote(
                TrashNote.FORMAT,
                TrashNote.Kind.VERSION,
                Optional.of(manifest.model()),
                Optional.of(manifest.commit()),
                entry.wasCurrent(),
                Layout.announcedPath(manifest.model(), manifest.commit()),
                taking.reason(),
                entry.rawBytes(),
                taking.window().toSeconds(),
                taking.job()),
            shownGeneration);
  }

  private void discard(ModelName model, CommitId commit, Taking taking) throws IOException {
    Path place = shelf.place(model, commit);
    long bytes = shelf.bytes(place);
    TrashEntry unused =
        trash.take(
            place,
            new TrashNote(
                TrashNote.FORMAT,
                TrashNote.Kind.FILE,
                Optional.empty(),
                Optional.empty(),
                false,
                layout.shown(place),
                taking.reason(),
                bytes,
                taking.window().toSeconds(),
                taking.job()));
  }
}
