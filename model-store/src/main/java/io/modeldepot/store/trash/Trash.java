package io.modeldepot.store.trash;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.VersionFiles;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.VolumeTime;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code .depot/trash}. Everything comes and goes by renames, so nothing is copied and no byte is
 * lost; each call may be repeated after a failure or a crash at any point, and then does the rest.
 */
public final class Trash {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String NOTE = "entry.json";
  private static final String MANIFEST = "manifest.json";
  private static final String SIGNATURE = "manifest.sig";
  private static final String TREE = "tree";
  private static final String FILE = "file";
  private static final String NEW = Layout.HIDDEN + "new-";
  private static final int MODE = 0444;

  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Clock clock;
  private final Versions versions;

  /** The trash of a volume. */
  public Trash(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clock = clock;
    this.versions = new Versions(volume);
  }

  /** Why an undo was refused, or that it was done. */
  public enum Undone {
    /** It is back where it was. */
    BACK,
    /** There is no such entry, or none that is whole: its window was over. */
    GONE,
    /** The version was published again meanwhile, or the name of the file is taken. */
    TAKEN
  }

  /**
   * Moves a version to the trash: its manifest first, so that from then on it does not exist, then
   * signature and tree. It must not be the current one; the model's generation rises.
   *
   * @param claim the claim of the version's model
   * @param note a version's
   * @param shownGeneration the highest generation that the state topic shows; 0 for none
   * @return the entry; the one there is already if a call before this one was interrupted
   * @throws IllegalStateException if it is the model's current version, and the claim is still held
   */
  public TrashEntry take(Claim claim, TrashNote note, long shownGeneration) throws IOException {
    ModelName model = note.model().orElseThrow();
    CommitId commit = note.commit().orElseThrow();
    requireClaimOf(claim, model);
    if (versions.current(model).flatMap(Current::commit).filter(commit::equals).isPresent()) {
      claim.requireHeld(); // who took it over may have made it the current one
      throw new IllegalStateException(model + "@" + commit + " is the current version.");
    }
    Path entry = entryFor(note, model + "-" + commit);
    claim.requireHeld();
    move(layout.manifest(model, commit), entry.resolve(MANIFEST));
    move(layout.signature(model, commit), entry.resolve(SIGNATURE));
    move(layout.tree(model, commit), entry.resolve(TREE));
    calls.syncDirectory(entry);
    calls.syncDirectory(layout.model(model));
    raise(claim, model, shownGeneration);
    return read(entry).orElseThrow(() -> new FileCallFailed("stat", entry, Errno.ENOENT));
  }

  /**
   * Writes down that a version is about to go, with what is to be known of it when it is brought
   * back, and moves nothing. Whoever goes on finds it by its job; an hour later it counts for
   * nothing.
   *
   * @return the entry; the one there is already if there is one
   */
  public TrashEntry begin(Claim claim, TrashNote note) throws IOException {
    requireClaimOf(claim, note.model().orElseThrow());
    Path entry = entryFor(note, note.model().orElseThrow() + "-" + note.commit().orElseThrow());
    return read(entry).orElseThrow(() -> new FileCallFailed("stat", entry, Errno.ENOENT));
  }

  /**
   * Moves a file or a tree to the trash that no version owns.
   *
   * @param file where it is; it may be gone already
   */
  public TrashEntry take(Path file, TrashNote note) throws IOException {
    Path entry = entryFor(note, "foreign-" + FreshName.eightHex(calls));
    move(file, entry.resolve(FILE));
    calls.syncDirectory(entry);
    Path parent = file.getParent();
    if (parent != null) {
      calls.syncDirectory(parent);
    }
    return read(entry).orElseThrow(() -> new FileCallFailed("stat", entry, Errno.ENOENT));
  }

  /**
   * Brings a version back: tree and signature first, the manifest last, so that it exists again
   * when it is whole. It does not become current; the model's generation rises.
   */
  public Undone undo(Claim claim, TrashEntry entry, long shownGeneration) throws IOException {
    return undo(claim, entry, shownGeneration, () -> {});
  }

  /** What belongs to the return of a version. */
  @FunctionalInterface
  public interface Returning {
    /** Does it; may be called again. */
    void complete() throws IOException;
  }

  /**
   * The same, and what else belongs to it: that is done once the version is back, and before the
   * note is gone which says that it was in the trash.
   */
  public Undone undo(Claim claim, TrashEntry entry, long shownGeneration, Returning returning)
      throws IOException {
    ModelName model = entry.note().model().orElseThrow();
    CommitId commit = entry.note().commit().orElseThrow();
    requireClaimOf(claim, model);
    Path place = layout.trash().resolve(entry.name());
    if (calls.stat(place.resolve(NOTE)).isEmpty()) {
      return Undone.GONE;
    }
    boolean there = calls.stat(layout.manifest(model, commit)).isPresent();
    if (there) {
      if (calls.stat(place.resolve(MANIFEST)).isPresent()) {
        return Undone.TAKEN;
      }
      returning.complete();
      return finished(place);
    }
    if (calls.stat(place.resolve(MANIFEST)).isEmpty()) {
      return Undone.GONE;
    }
    Path tree = layout.tree(model, commit);
    if (calls.stat(place.resolve(TREE)).isPresent()) {
      if (calls.stat(tree).isPresent()) {
        // A tree without a manifest is an unfinished publish: nobody was told of it.
        calls.rename(tree, claim.freshWork().resolve("unfinished"));
      }
      claim.requireHeld();
      calls.rename(place.resolve(TREE), tree);
    } else if (calls.stat(tree).isEmpty()) {
      return Undone.GONE;
    }
    move(place.resolve(SIGNATURE), layout.signature(model, commit));
    calls.rename(place.resolve(MANIFEST), layout.manifest(model, commit));
    calls.syncDirectory(layout.model(model));
    raise(claim, model, shownGeneration);
    returning.complete();
    return finished(place);
  }

  /** Brings a file back that no version owns, if its name is free. */
  public Undone undo(TrashEntry entry) throws IOException {
    Path place = layout.trash().resolve(entry.name());
    Path file = layout.root().resolve(entry.note().from()).normalize();
    if (!file.startsWith(layout.root()) || calls.stat(place.resolve(FILE)).isEmpty()) {
      return Undone.GONE;
    }
    try {
      calls.renameNoReplace(place.resolve(FILE), file);
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.EEXIST || e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Undone.TAKEN;
      }
      throw e;
    }
    return finished(place);
  }

  /** Everything in the trash, oldest first; what cannot be read is left out. */
  public List<TrashEntry> list() throws IOException {
    List<TrashEntry> entries = new ArrayList<>();
    for (Path entry : calls.entries(layout.trash())) {
      if (!String.valueOf(entry.getFileName()).startsWith(Layout.HIDDEN)) {
        read(entry).ifPresent(entries::add);
      }
    }
    entries.sort(java.util.Comparator.comparing(TrashEntry::since).thenComparing(TrashEntry::name));
    return entries;
  }

  /** An entry by its name. */
  public Optional<TrashEntry> find(String name) throws IOException {
    Path entry = layout.trash().resolve(name);
    return name.startsWith(Layout.HIDDEN) || !layout.trash().equals(entry.getParent())
        ? Optional.empty()
        : read(entry);
  }

  /** The entry that a job made of a version, whole or not. */
  public Optional<TrashEntry> find(ModelName model, CommitId commit, RequestId job)
      throws IOException {
    String ending = "-" + model + "-" + commit;
    for (Path entry : calls.entries(layout.trash())) {
      if (String.valueOf(entry.getFileName()).endsWith(ending)) {
        Optional<TrashEntry> found = read(entry).filter(it -> it.note().requestId().equals(job));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The note is there before anything moves: whatever is in the trash says what it is. */
  private Path entryFor(TrashNote note, String name) throws IOException {
    volume.requireStillHere();
    if (note.kind() == TrashNote.Kind.VERSION) {
      Optional<TrashEntry> begun =
          find(note.model().orElseThrow(), note.commit().orElseThrow(), note.requestId());
      if (begun.isPresent()) {
        return layout.trash().resolve(begun.get().name());
      }
    }
    Path fresh = layout.trash().resolve(NEW + FreshName.eightHex(calls));
    calls.mkdir(fresh, DirectoryTree.DIRECTORY_MODE);
    SafeFile.write(calls, fresh.resolve(NOTE), Wire.write(note), MODE);
    calls.syncDirectory(fresh);
    Path entry = layout.trash().resolve(WHEN.format(VolumeTime.now(volume)) + "-" + name);
    while (true) {
      try {
        calls.renameNoReplace(fresh, entry);
        calls.syncDirectory(layout.trash());
        return entry;
      } catch (FileCallFailed e) {
        if (e.errno() != Errno.EEXIST && e.errno() != Errno.ENOTEMPTY) {
          throw e;
        }
        // Removed, brought back and removed again within one second.
        entry = entry.resolveSibling(entry.getFileName() + "-" + FreshName.eightHex(calls));
      }
    }
  }

  /** Renames what is there; what was renamed by a call before this one is not there any more. */
  private void move(Path from, Path to) throws IOException {
    try {
      calls.rename(from, to);
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.ENOENT || calls.stat(from).isPresent()) {
        throw e;
      }
    }
  }

  private Undone finished(Path place) throws IOException {
    DirectoryTree.remove(calls, place);
    calls.syncDirectory(layout.trash());
    return Undone.BACK;
  }

  private void raise(Claim claim, ModelName model, long shownGeneration) throws IOException {
    Optional<Current> current;
    try {
      current = versions.current(model);
    } catch (UnreadableFile e) {
      // A publish sets it aside and replaces it; until then it says nothing.
      return;
    }
    if (current.isPresent()) {
      new VersionFiles(volume)
          .write(
              claim,
              model,
              Current.of(
                  current.get().commit(),
                  1 + Math.max(current.get().generation(), shownGeneration),
                  clock.instant()));
    }
  }

  private Optional<TrashEntry> read(Path entry) throws IOException {
    Path file = entry.resolve(NOTE);
    Optional<FileStat> stat = calls.stat(file);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    try {
      TrashNote note = Wire.read(SafeFile.read(calls, file), TrashNote.class);
      return Optional.of(
          new TrashEntry(
              String.valueOf(entry.getFileName()),
              note,
              stat.get().modifiedAt(),
              content(entry, note.kind())));
    } catch (UnreadablePayload e) {
      // Nobody knows what it is, so nobody destroys it.
      return Optional.empty();
    }
  }

  private TrashEntry.Content content(Path entry, TrashNote.Kind kind) throws IOException {
    List<String> parts = kind == TrashNote.Kind.VERSION ? List.of(MANIFEST, TREE) : List.of(FILE);
    int there = 0;
    for (String part : parts) {
      there += calls.stat(entry.resolve(part)).isPresent() ? 1 : 0;
    }
    return there == 0
        ? TrashEntry.Content.NONE
        : there == parts.size() ? TrashEntry.Content.WHOLE : TrashEntry.Content.PART;
  }

  private void requireClaimOf(Claim claim, ModelName model) {
    if (!claim.place().equals(layout.modelClaim(model))) {
      throw new IllegalArgumentException(claim.place() + " is not the claim of " + model);
    }
  }
}
