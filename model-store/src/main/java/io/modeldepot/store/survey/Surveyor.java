package io.modeldepot.store.survey;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.VolumeTime;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final DownloadsSeen downloads;
  private final Strangers strangers;

  /** A surveyor of a volume. */
  public Surveyor(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clock = clock;
    this.versions = new Versions(volume);
    this.downloads = new DownloadsSeen(volume);
    this.strangers = new Strangers(volume);
  }

  /** Looks at everything, once. */
  public Survey look() throws IOException {
    volume.requireStillHere();
    SpaceLedger.Balance balance = new SpaceLedger(volume).balance();
    List<String> unreadable = new ArrayList<>();
    List<Survey.Stranger> strangers = new ArrayList<>();
    // Jobs first: what a job published meanwhile is then seen as a version too.
    List<Survey.Job> jobs = downloads.look(unreadable);
    List<Survey.Version> found = new ArrayList<>();
    for (OfModel its : Together.look(calls.threadsToLook(), versions.models(), this::lookAt)) {
      found.addAll(its.versions());
      unreadable.addAll(its.unreadable());
      strangers.addAll(its.unfinished());
    }
    this.strangers.foreign(strangers);
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
    strangers.unfinished(model, unfinished);
    return new OfModel(found, unreadable, unfinished);
  }

  /** Every version that can be read, as they are now. */
  public List<Survey.Version> versions() throws IOException {
    return Together.look(calls.threadsToLook(), versions.models(), this::versions).stream()
        .flatMap(List::stream)
        .toList();
  }

  /** The versions of one model as they are now. */
  public List<Survey.Version> versions(ModelName model) throws IOException {
    return versions(model, new ArrayList<>());
  }

  /** What downloads have on the volume now. */
  public List<Survey.Job> jobs() throws IOException {
    return downloads.look(new ArrayList<>());
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
    for (Path link : DirectoryTree.entriesIfThere(calls, layout.active())) {
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
    return Together.look(
            calls.threadsToLook(), DirectoryTree.entriesIfThere(calls, layout.blobs()), this::blobs)
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Survey.Blob> blobs(Path directory) throws IOException {
    List<Survey.Blob> blobs = new ArrayList<>();
    for (FileCalls.Found found : DirectoryTree.lookIfThere(calls, directory)) {
      String name = String.valueOf(found.path().getFileName());
      if (Sha256.isOne(name) && found.stat().isFile()) {
        blobs.add(new Survey.Blob(Sha256.of(name), found.stat()));
      }
    }
    return blobs;
  }

  /** A stranger as it is now; empty if it is not there. */
  public Optional<Survey.Stranger> stranger(Survey.Stranger.Kind kind, Path path)
      throws IOException {
    return strangers.stranger(kind, path);
  }

  /** Changes when a file is replaced or written to. */
  static String print(FileStat stat) {
    return stat.inode() + "." + stat.modifiedAt().toEpochMilli() + "." + stat.sizeBytes();
  }
}
