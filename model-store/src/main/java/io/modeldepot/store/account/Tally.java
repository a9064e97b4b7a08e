package io.modeldepot.store.account;

import io.modeldepot.events.state.UsageKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One walk over a volume. The order of the walk is the order in which an inode finds its kind. */
final class Tally {
  /**
   * What bytes are summed under.
   *
   * @param kind what they are for
   * @param family whose, where they are a version's
   */
  record Account(UsageKind kind, Optional<FamilyName> family) {}

  private final Layout layout;
  private final FileCalls calls;
  private final Versions versions;
  private final Set<FileStat.Identity> counted = new HashSet<>();
  private final Map<Account, Long> bytes = new HashMap<>();
  private long cacheBytes;

  Tally(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.versions = new Versions(volume);
  }

  void count() throws IOException {
    List<ModelName> models = versions.models();
    for (ModelName model : models) {
      countVersions(model, true);
    }
    for (ModelName model : models) {
      countVersions(model, false);
    }
    for (ModelName model : models) {
      add(new Account(UsageKind.PARTIAL, Optional.empty()), layout.modelClaim(model));
      add(new Account(UsageKind.UNEXPLAINED, Optional.empty()), layout.model(model));
    }
    countViews();
    add(new Account(UsageKind.PARTIAL, Optional.empty()), layout.downloads());
    add(new Account(UsageKind.ARCHIVE, Optional.empty()), layout.archive());
    add(new Account(UsageKind.TRASH, Optional.empty()), layout.trash());
    cacheBytes = sum(layout.cache());
    Account own = new Account(UsageKind.CURRENT, Optional.empty());
    add(own, layout.active());
    add(own, layout.engines());
    add(new Account(UsageKind.FOREIGN, Optional.empty()), layout.quarantine());
    add(own, layout.depot());
    add(new Account(UsageKind.UNEXPLAINED, Optional.empty()), layout.versions());
    for (String name : calls.list(layout.root())) {
      add(new Account(UsageKind.FOREIGN, Optional.empty()), layout.root().resolve(name));
    }
  }

  long cacheBytes() {
    return cacheBytes;
  }

  long bytes(UsageKind kind) {
    return bytes.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  Map<Account, Long> byKindAndFamily() {
    return Map.copyOf(bytes);
  }

  private void countVersions(ModelName model, boolean current) throws IOException {
    Optional<CommitId> chosen = current(model);
    for (CommitId commit : versions.commits(model)) {
      if (chosen.filter(commit::equals).isPresent() == current) {
        Account account =
            new Account(current ? UsageKind.CURRENT : UsageKind.OLD, family(model, commit));
        add(account, layout.tree(model, commit));
        add(account, layout.manifest(model, commit));
        add(account, layout.signature(model, commit));
        if (current) {
          add(account, layout.current(model));
        }
      }
    }
    if (!current && chosen.isEmpty()) {
      add(new Account(UsageKind.OLD, Optional.empty()), layout.current(model));
    }
  }

  /** A view shares its large files with the version; its small ones and directories are its own. */
  private void countViews() throws IOException {
    for (String family : names(layout.models())) {
      for (String model : names(layout.models().resolve(family))) {
        boolean ours =
            family.matches(FamilyName.PATTERN)
                && model.matches(ModelName.PATTERN)
                && current(ModelName.of(model)).isPresent();
        add(
            ours
                ? new Account(UsageKind.CURRENT, Optional.of(FamilyName.of(family)))
                : new Account(UsageKind.FOREIGN, Optional.empty()),
            layout.models().resolve(family).resolve(model));
      }
    }
    add(new Account(UsageKind.CURRENT, Optional.empty()), layout.models());
  }

  private Optional<CommitId> current(ModelName model) throws IOException {
    try {
      return versions.current(model).flatMap(Current::commit);
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }

  private Optional<FamilyName> family(ModelName model, CommitId commit) throws IOException {
    try {
      return versions.manifest(model, commit).map(Manifest::family);
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }

  private void add(Account account, Path path) throws IOException {
    long sum = sum(path);
    if (sum > 0) {
      bytes.merge(account, sum, Long::sum);
    }
  }

  private long sum(Path path) throws IOException {
    Optional<FileStat> stat = calls.stat(path);
    if (stat.isEmpty()) {
      return 0;
    }
    long sum = once(stat.get());
    if (stat.get().isDirectory()) {
      for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, path)) {
        sum += once(entry.stat());
      }
    }
    return sum;
  }

  private long once(FileStat stat) {
    return counted.add(stat.identity()) ? stat.allocatedBytes() : 0;
  }

  private List<String> names(Path directory) throws IOException {
    return calls.stat(directory).filter(FileStat::isDirectory).isPresent()
        ? calls.list(directory)
        : List.of();
  }
}
