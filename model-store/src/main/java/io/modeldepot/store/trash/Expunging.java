package io.modeldepot.store.trash;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Destroys content, in four cases and in no other: what lay in the trash past its window, blobs
 * that nothing needs, what is left of downloads that ended a week ago, and views that were replaced
 * (that one is {@code publish}'s, which has just made the new one). Each thing is looked at again
 * right before it goes; what is not as it should be stays. What is gone already is gone.
 */
public final class Expunging {
  /** A small blob has one link always, so its age has to tell whether anybody comes for it. */
  public static final Duration SMALL_BLOBS_STAY = Duration.ofDays(7);

  /** What a download left stays so long after its end. */
  public static final Duration PARTIALS_STAY = Duration.ofDays(7);

  /** However full the disk is, the trash can be undone so long. */
  public static final Duration SHORTEST_WINDOW = Duration.ofHours(1);

  /**
   * Half of a version is in the trash only while it is being moved, there or back; whoever moves it
   * comes back and finishes. So long nobody takes that half away from them.
   */
  public static final Duration HALVES_STAY = Duration.ofDays(7);

  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Trash trash;

  /** Destroying on a volume. */
  public Expunging(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.trash = new Trash(volume, clock);
  }

  /**
   * Destroys an entry of the trash whose window is over by the volume's own clock. It leaves its
   * name first: half of it can never be brought back.
   *
   * @param longestWindow cuts the entry's window, down to an hour and no further
   * @return bytes that the disk got back; empty if it stays, because its window is not over
   */
  public OptionalLong trash(String name, Instant volumesNow, Duration longestWindow)
      throws IOException {
    return trash(name, volumesNow, longestWindow, () -> layout.trash().resolve(name));
  }

  /**
   * The same for a version, under the claim of its model: whoever lost that claim destroys nothing,
   * because the entry leaves its name into the directory of the claim, which is gone then.
   *
   * @throws io.modeldepot.store.claim.ClaimLost if the claim is held by somebody else
   */
  public OptionalLong trash(Claim claim, String name, Instant volumesNow, Duration longestWindow)
      throws IOException {
    Optional<TrashEntry> entry = trash.find(name);
    if (entry.isPresent()
        && !entry.get().note().model().map(layout::modelClaim).equals(Optional.of(claim.place()))) {
      throw new IllegalArgumentException(claim.place() + " is not the claim of " + name);
    }
    return claim.guard(
        () ->
            trash(
                name,
                volumesNow,
                longestWindow,
                () -> {
                  Path inside = claim.freshScratch().resolve(Layout.LEFT);
                  rename(layout.trash().resolve(name), inside);
                  // If it was not there any more, whoever has the claim now brought it back.
                  claim.requireHeld();
                  return inside;
                }));
  }

  /** The way out of the trash. */
  private interface Exit {
    /** Takes the entry out; says where it is now. */
    Path taken() throws IOException;
  }

  private OptionalLong trash(String name, Instant volumesNow, Duration longestWindow, Exit exit)
      throws IOException {
    volume.requireStillHere();
    Optional<TrashEntry> entry = trash.find(name);
    if (entry.isEmpty()) {
      return OptionalLong.of(0);
    }
    if (!isOver(entry.get(), volumesNow, longestWindow)) {
      return OptionalLong.empty();
    }
    Path leaving = layout.trash().resolve(Layout.LEFT + FreshName.eightHex(calls));
    long bytes = bytesOnlyHere(layout.trash().resolve(name));
    rename(exit.taken(), leaving);
    calls.syncDirectory(layout.trash());
    DirectoryTree.remove(calls, leaving);
    return OptionalLong.of(bytes);
  }

  /**
   * Whether an entry may be destroyed. Its window may be cut, down to an hour and no further; that
   * of half an entry is never cut, and is a week at least.
   */
  public static boolean isOver(TrashEntry entry, Instant volumesNow, Duration longestWindow) {
    return switch (entry.content()) {
      case NONE -> entry.isOver(volumesNow, SHORTEST_WINDOW);
      case PART ->
          !volumesNow.isBefore(entry.undoUntil())
              && !volumesNow.isBefore(entry.since().plus(HALVES_STAY));
      case WHOLE ->
          entry.isOver(
              volumesNow,
              longestWindow.compareTo(SHORTEST_WINDOW) < 0 ? SHORTEST_WINDOW : longestWindow);
    };
  }

  /**
   * Destroys a blob that no version, no part and no entry of the trash has a link to. Somebody may
   * link it in the moment before its name goes: then the content stays with that link. The list of
   * its pieces goes with it.
   *
   * @return bytes that the disk got back; empty if it stays
   */
  public OptionalLong blob(Sha256 digest, Instant volumesNow) throws IOException {
    volume.requireStillHere();
    Path blob = layout.blob(digest);
    Optional<FileStat> stat = calls.stat(blob);
    if (stat.isEmpty()) {
      return OptionalLong.of(0);
    }
    if (!isUnreferenced(stat.get(), volumesNow)) {
      return OptionalLong.empty();
    }
    unlink(blob);
    unlink(layout.chunkList(digest));
    return OptionalLong.of(stat.get().allocatedBytes());
  }

  /** Whether the link count says that nothing needs a blob, and small ones lay long enough. */
  public static boolean isUnreferenced(FileStat blob, Instant volumesNow) {
    return blob.isFile()
        && blob.links() == 1
        && (blob.sizeBytes() >= Layout.SMALL_BYTES
            || !volumesNow.isBefore(blob.modifiedAt().plus(SMALL_BLOBS_STAY)));
  }

  /**
   * Destroys what is left of a download whose end was written down a week ago.
   *
   * @param claim the claim of the job, which ends with it
   * @return bytes that the disk got back; empty if it stays, because the job is not over so long
   */
  public OptionalLong partial(Claim claim, RequestId job, Instant volumesNow) throws IOException {
    volume.requireStillHere();
    if (!claim.place().equals(layout.job(job))) {
      throw new IllegalArgumentException(claim.place() + " is not the claim of " + job);
    }
    if (!new Journals(volume).isOverSince(job, volumesNow.minus(PARTIALS_STAY))) {
      return OptionalLong.empty();
    }
    long bytes = bytesOnlyHere(claim.directory());
    claim.dissolve();
    return OptionalLong.of(bytes);
  }

  /** What the disk gets back when a tree goes: bytes that have no other name. */
  private long bytesOnlyHere(Path tree) throws IOException {
    long bytes = 0;
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, tree)) {
      if (entry.stat().isFile() && entry.stat().links() == 1) {
        bytes += entry.stat().allocatedBytes();
      }
    }
    return bytes;
  }

  private void rename(Path from, Path to) throws IOException {
    try {
      calls.rename(from, to);
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.ENOENT || calls.stat(from).isPresent()) {
        throw e;
      }
    }
  }

  private void unlink(Path name) throws IOException {
    try {
      calls.unlink(name);
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }
}
