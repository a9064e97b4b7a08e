package io.modeldepot.store.survey;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.VolumeTime;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a whole volume. */
public final class Surveyor {
  private static final Pattern ACTIVE =
      Pattern.compile("\\.\\./versions/[^/]+/(" + CommitId.PATTERN + ")");

  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Clock clock;
  private final Versions versions;
  private final Journals journals;

  /** A surveyor of a volume. */
  public Surveyor(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clock = clock;
    this.versions = new Versions(volume);
    this.journals = new Journals(volume);
  }

  /** Looks at everything, once. */
  public Survey look() throws IOException {
    volume.requireStillHere();
    SpaceLedger.Balance balance = new SpaceLedger(volume).balance();
    List<String> unreadable = new ArrayList<>();
    List<Survey.Stranger> strangers = new ArrayList<>();
    // Jobs first: what a job published meanwhile is then seen as a version too.
    List<Survey.Job> jobs = jobs(unreadable);
    List<Survey.Version> found = new ArrayList<>();
    for (OfModel its : Together.look(versions.models(), this::lookAt)) {
      found.addAll(its.versions());
      unreadable.addAll(its.unreadable());
      strangers.addAll(its.unfinished());
    }
    foreign(strangers);
    return new Survey(
        VolumeTime.now(volume),
        balance.capacityBytes(),
        balance.freeBytes(),
        found,
        unreadable,
        activeLinks(),
        engineLinks(),
        blobs(),
        jobs,
        new Trash(volume, clock).list(),
        strangers);
  }

  /** What there is of one model. */
  private record OfModel(
      List<Survey.Version> versions, List<String> unreadable, List<Survey.Stranger> unfinished) {}

  private OfModel lookAt(ModelName model) throws IOException {
    List<String> unreadable = new ArrayList<>();
    List<Survey.Stranger> unfinished = new ArrayList<>();
    List<Survey.Version> found = versions(model, unreadable);
    unfinished(model, unfinished);
    return new OfModel(found, unreadable, unfinished);
  }

  /** Every version that can be read, as they are now. */
  public List<Survey.Version> versions() throws IOException {
    return Together.look(versions.models(), this::versions).stream().flatMap(List::stream).toList();
  }

  /** The versions of one model as they are now. */
  public List<Survey.Version> versions(ModelName model) throws IOException {
    return versions(model, new ArrayList<>());
  }

  /** What downloads have on the volume now. */
  public List<Survey.Job> jobs() throws IOException {
    return jobs(new ArrayList<>());
  }

  private List<Survey.Version> versions(ModelName model, List<String> unreadable)
      throws IOException {
    List<Survey.Version> found = new ArrayList<>();
    Optional<CommitId> current = Optional.empty();
    try {
      current = versions.current(model).flatMap(Current::commit);
    } catch (UnreadableFile e) {
      unreadable.add(String.valueOf(e.getMessage()));
    }
    for (CommitId commit : versions.commits(model)) {
      try {
        Optional<FileStat> stat = calls.stat(layout.manifest(model, commit));
        Optional<Manifest> manifest = versions.manifest(model, commit);
        if (stat.isPresent() && manifest.isPresent()) {
          found.add(version(manifest.get(), stat.get(), current));
        }
      } catch (UnreadableFile e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
    return found;
  }

  private static Survey.Version version(
      Manifest manifest, FileStat stat, Optional<CommitId> current) {
    List<Survey.Content> files = new ArrayList<>();
    for (ManifestFile file : manifest.files()) {
      if (file.present() && file.sha256().isPresent()) {
        files.add(new Survey.Content(file.sha256().get(), file.sizeBytes()));
      }
    }
    return new Survey.Version(
        manifest.model(),
        manifest.commit(),
        manifest.family(),
        manifest.createdAt(),
        current.filter(manifest.commit()::equals).isPresent(),
        files,
        print(stat));
  }

  /** The versions that model repositories of inference servers name now. */
  public Map<ModelName, Set<CommitId>> engineLinks() throws IOException {
    return new EngineLinks(volume).all();
  }

  /** The versions that {@code active/<model>} names now. */
  public Map<ModelName, CommitId> activeLinks() throws IOException {
    Map<ModelName, CommitId> links = new HashMap<>();
    for (Path link : entries(layout.active())) {
      Optional<FileStat> stat = calls.stat(link);
      String name = String.valueOf(link.getFileName());
      if (stat.filter(it -> it.kind() == FileStat.Kind.LINK).isPresent()
          && name.matches(ModelName.PATTERN)) {
        Matcher target = ACTIVE.matcher(calls.readLink(link));
        if (target.matches()) {
          links.put(ModelName.of(name), CommitId.of(target.group(1)));
        }
      }
    }
    return links;
  }

  /** The cache as it is now. */
  public List<Survey.Blob> blobs() throws IOException {
    return Together.look(entries(layout.blobs()), this::blobs).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Survey.Blob> blobs(Path directory) throws IOException {
    List<Survey.Blob> blobs = new ArrayList<>();
    for (FileCalls.Found found : look(directory)) {
      String name = String.valueOf(found.path().getFileName());
      if (Sha256.isOne(name) && found.stat().isFile()) {
        blobs.add(new Survey.Blob(Sha256.of(name), found.stat()));
      }
    }
    return blobs;
  }

  private List<Survey.Job> jobs(List<String> unreadable) throws IOException {
    Set<RequestId> claimed = new HashSet<>(journals.claimed());
    Set<RequestId> all = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    all.addAll(claimed);
    all.addAll(journals.list());
    List<Survey.Job> jobs = new ArrayList<>();
    for (RequestId id : all) {
      jobs.add(job(id, claimed.contains(id), unreadable));
    }
    return jobs;
  }

  private Survey.Job job(RequestId id, boolean claimed, List<String> unreadable)
      throws IOException {
    Optional<Journal> journal = Optional.empty();
    try {
      journal = journals.read(id);
    } catch (UnreadableFile e) {
      unreadable.add(String.valueOf(e.getMessage()));
    }
    Optional<DownloadState> state = journal.map(Journal::state);
    return new Survey.Job(
        id,
        state,
        journal.map(Journal::model),
        journal.flatMap(Journal::commit),
        journal.map(Surveyor::needs).orElse(List.of()),
        calls.stat(layout.journal(id)).map(FileStat::modifiedAt),
        claimed,
        claimed ? bytesBelow(layout.job(id)) : 0);
  }

  private static List<Sha256> needs(Journal journal) {
    return Journals.isFinal(journal.state())
        ? List.of()
        : journal.files().stream().map(JournalFile::sha256).flatMap(Optional::stream).toList();
  }

  private void unfinished(ModelName model, List<Survey.Stranger> strangers) throws IOException {
    for (Path tree : entries(layout.model(model))) {
      String name = String.valueOf(tree.getFileName());
      if (CommitId.isOne(name) && calls.stat(layout.manifest(model, CommitId.of(name))).isEmpty()) {
        stranger(Survey.Stranger.Kind.UNFINISHED, tree).ifPresent(strangers::add);
      }
    }
  }

  /** What other tools left beside our directories; never what lies in them. */
  private void foreign(List<Survey.Stranger> strangers) throws IOException {
    Set<Path> ours = new HashSet<>(layout.directories());
    for (Path top : entries(layout.root())) {
      if (!ours.contains(top)) {
        foreignBelow(top, strangers);
      }
    }
  }

  private void foreignBelow(Path path, List<Survey.Stranger> strangers) throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    if (stat.isEmpty()) {
      return;
    }
    String name = String.valueOf(path.getFileName());
    switch (stat.get().kind()) {
      case DIRECTORY -> {
        for (Path entry : entries(path)) {
          foreignBelow(entry, strangers);
        }
      }
      case FILE -> {
        if (name.endsWith(".incomplete")) {
          stranger(Survey.Stranger.Kind.INCOMPLETE, path).ifPresent(strangers::add);
        } else if (name.endsWith(".lock") && stat.get().sizeBytes() == 0) {
          stranger(Survey.Stranger.Kind.LOCK, path).ifPresent(strangers::add);
        }
      }
      case LINK, OTHER -> {
        // Nobody knows whose it is.
      }
    }
  }

  /** A stranger as it is now; empty if it is not there. */
  public Optional<Survey.Stranger> stranger(Survey.Stranger.Kind kind, Path path)
      throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    long bytes = stat.get().isFile() ? stat.get().allocatedBytes() : 0;
    Instant latest = stat.get().modifiedAt();
    if (stat.get().isDirectory()) {
      for (DirectoryTree.Entry entry : DirectoryTree.look(calls, path, Set.of()).entries()) {
        bytes += entry.stat().isFile() ? entry.stat().allocatedBytes() : 0;
        latest = latest.isAfter(entry.stat().modifiedAt()) ? latest : entry.stat().modifiedAt();
      }
    }
    return Optional.of(
        new Survey.Stranger(kind, layout.shown(path), bytes, latest, print(stat.get())));
  }

  private long bytesBelow(Path directory) throws IOException {
    long bytes = 0;
    for (DirectoryTree.Entry entry : DirectoryTree.look(calls, directory, Set.of()).entries()) {
      bytes += entry.stat().isFile() ? entry.stat().allocatedBytes() : 0;
    }
    return bytes;
  }

  /** Changes when a file is replaced or written to. */
  static String print(FileStat stat) {
    return stat.inode() + "." + stat.modifiedAt().toEpochMilli() + "." + stat.sizeBytes();
  }

  private List<Path> entries(Path directory) throws IOException {
    return unlessGone(() -> calls.entries(directory));
  }

  private List<FileCalls.Found> look(Path directory) throws IOException {
    return unlessGone(() -> calls.look(directory));
  }

  /** A call that lists a directory. */
  @FunctionalInterface
  private interface Listing<T> {
    List<T> get() throws IOException;
  }

  private static <T> List<T> unlessGone(Listing<T> listing) throws IOException {
    try {
      return listing.get();
    } catch (FileCallFailed e) {
      if (e.errno().outOfReach()) {
        return List.of();
      }
      throw e;
    }
  }
}
