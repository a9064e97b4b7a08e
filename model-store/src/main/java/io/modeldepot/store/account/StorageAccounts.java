package io.modeldepot.store.account;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.Usage;
import io.modeldepot.events.state.UsageKind;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.integrity.Rescan;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts the bytes on a volume by what they are for. */
public final class StorageAccounts {
  /** What file systems keep for themselves at their top, not ours to count. */
  private static final Set<String> THE_FILE_SYSTEMS = Set.of("lost+found", ".snapshot", ".zfs");

  private final Volume volume;
  private final Layout layout;
  private final FileCalls calls;
  private final Clock clock;

  /** The accounts of a volume. */
  public StorageAccounts(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clock = clock;
  }

  /**
   * Counts now. An inode counts once, for the first of: current version and its view, old version,
   * partial, archive, trash, cache, unexplained, foreign. Bytes are what the disk gave for it.
   * {@code cacheBytes} is what clearing the cache would free. Manifests count with their version,
   * what the volume itself is run by as current without a family. Unexplained is what lies in our
   * own directories and belongs to nothing; foreign is what lies beside them, or in quarantine.
   * What cannot be looked into, or disappears meanwhile, is not counted.
   *
   * @param mirrorUrls where the location's mirrors are
   */
  public StorageReported report(List<String> mirrorUrls) throws IOException {
    Count count = new Count();
    Rescan rescan = new Rescan(volume);
    List<Rescan.ModelOnVolume> models = rescan.models().stream().map(m -> read(rescan, m)).toList();
    for (Rescan.ModelOnVolume model : models) {
      for (Manifest manifest : model.versions()) {
        if (isCurrent(model, manifest)) {
          count.version(manifest, UsageKind.CURRENT);
          count.view(manifest);
          count.file(layout.current(model.model()), UsageKind.CURRENT, manifest.family());
        }
      }
    }
    for (Rescan.ModelOnVolume model : models) {
      for (Manifest manifest : model.versions()) {
        count.version(manifest, UsageKind.OLD);
      }
      // Of a model without a current version, what remembers its generation.
      count.file(layout.current(model.model()), UsageKind.OLD);
    }
    count.below(layout.downloads(), UsageKind.PARTIAL);
    for (Rescan.ModelOnVolume model : models) {
      count.below(layout.modelClaim(model.model()), UsageKind.PARTIAL);
    }
    for (Rescan.ModelOnVolume model : models) {
      for (ArchivedVersion archived : model.archived()) {
        count.below(archived.place(), UsageKind.ARCHIVE, archived.manifest().family());
      }
    }
    // What cannot be read, or is of a version that is back.
    count.below(layout.archive(), UsageKind.ARCHIVE);
    count.below(layout.trash(), UsageKind.TRASH);
    long cacheBytes = count.bytesBelow(layout.cache());
    count.file(layout.volumeFile(), UsageKind.CURRENT);
    for (Path ours : List.of(layout.janitor(), layout.active(), layout.engines())) {
      count.below(ours, UsageKind.CURRENT);
    }
    count.below(layout.quarantine(), UsageKind.FOREIGN);
    for (Path ours : List.of(layout.versions(), layout.depot())) {
      count.below(ours, UsageKind.UNEXPLAINED);
    }
    count.below(layout.root(), UsageKind.FOREIGN);
    SpaceLedger.Balance balance = new SpaceLedger(volume).balance();
    return new StorageReported(
        volume.location(),
        volume.id().toString(),
        balance.capacityBytes(),
        balance.freeBytes(),
        balance.reservedBytes(),
        cacheBytes,
        count.of(UsageKind.TRASH),
        count.of(UsageKind.ARCHIVE),
        count.usage(),
        mirrorUrls,
        volume.capabilities(),
        clock.instant());
  }

  private static Rescan.ModelOnVolume read(Rescan rescan, ModelName model) {
    try {
      return rescan.model(model);
    } catch (IOException e) {
      // Counted as unexplained then; a report with the rest is worth more than none.
      return new Rescan.ModelOnVolume(
          model,
          Optional.empty(),
          List.of(),
          Set.of(),
          List.of(),
          List.of(String.valueOf(e.getMessage())));
    }
  }

  private static boolean isCurrent(Rescan.ModelOnVolume model, Manifest manifest) {
    return model.current().flatMap(Current::commit).filter(manifest.commit()::equals).isPresent();
  }

  /** What was counted so far, each inode once. */
  private final class Count {
    private final Set<FileStat.Identity> seen = new HashSet<>();
    private final Map<UsageKind, Map<Optional<FamilyName>, Long>> bytes = new TreeMap<>();

    void version(Manifest manifest, UsageKind kind) throws IOException {
      Path tree = layout.tree(manifest.model(), manifest.commit());
      for (ManifestFile file : manifest.files()) {
        if (file.present() && FilePaths.fault(file.path()).isEmpty()) {
          Optional<FileStat> stat = stat(Layout.below(tree, file.path()));
          if (stat.isPresent()) {
            add(kind, Optional.of(manifest.family()), once(stat.get()));
          }
        }
      }
      file(layout.manifest(manifest.model(), manifest.commit()), kind, manifest.family());
      file(layout.signature(manifest.model(), manifest.commit()), kind, manifest.family());
    }

    void file(Path file, UsageKind kind, FamilyName family) throws IOException {
      add(kind, Optional.of(family), bytes(file));
    }

    void file(Path file, UsageKind kind) throws IOException {
      add(kind, Optional.empty(), bytes(file));
    }

    private Optional<FileStat> stat(Path file) throws IOException {
      try {
        return calls.stat(file);
      } catch (FileCallFailed e) {
        if (e.errno().outOfReach()) {
          return Optional.empty();
        }
        throw e;
      }
    }

    void view(Manifest manifest) throws IOException {
      Path view = layout.view(manifest.family(), manifest.model());
      add(UsageKind.CURRENT, Optional.of(manifest.family()), bytesBelow(view));
    }

    void below(Path directory, UsageKind kind) throws IOException {
      add(kind, Optional.empty(), bytesBelow(directory));
    }

    void below(Path directory, UsageKind kind, FamilyName family) throws IOException {
      add(kind, Optional.of(family), bytesBelow(directory));
    }

    private long bytes(Path file) throws IOException {
      Optional<FileStat> stat = stat(file).filter(FileStat::isFile);
      return stat.isPresent() ? once(stat.get()) : 0;
    }

    long bytesBelow(Path directory) throws IOException {
      long sum = 0;
      if (stat(directory).filter(FileStat::isDirectory).isPresent()) {
        DirectoryTree.Seen seen = DirectoryTree.look(calls, directory, THE_FILE_SYSTEMS);
        for (DirectoryTree.Entry entry : seen.entries()) {
          if (entry.stat().isFile()) {
            sum += once(entry.stat());
          }
        }
      }
      return sum;
    }

    long of(UsageKind kind) {
      return bytes.getOrDefault(kind, Map.of()).values().stream().mapToLong(Long::longValue).sum();
    }

    List<Usage> usage() {
      return bytes.entrySet().stream()
          .flatMap(
              kind ->
                  kind.getValue().entrySet().stream()
                      .filter(entry -> entry.getValue() > 0)
                      .map(entry -> new Usage(kind.getKey(), entry.getKey(), entry.getValue())))
          .toList();
    }

    private void add(UsageKind kind, Optional<FamilyName> family, long sum) {
      bytes.computeIfAbsent(kind, k -> new LinkedHashMap<>()).merge(family, sum, Long::sum);
    }

    private long once(FileStat stat) {
      return seen.add(stat.identity()) ? stat.allocatedBytes() : 0;
    }
  }
}
