package io.modeldepot.store.engine;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.integrity.Quarantine;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The Triton model repositories of a volume. Every change is made under the claim {@code
 * engines/.claim}, one after the other. After a failure at any point the same call may be repeated;
 * a call under a claim that was lost throws {@link io.modeldepot.store.claim.ClaimLost} and has
 * published nothing.
 */
public final class EngineRepositories {
  private static final Pattern RECORD = Pattern.compile("(" + ModelName.PATTERN + ")\\.json");
  private static final String OLD = ".old";
  private static final int FILE_MODE = 0444;
  private static final int RECORD_MODE = 0644;

  private final Layout layout;
  private final FileCalls calls;
  private final boolean exchange;
  private final Quarantine quarantine;
  private final Clearing clearing;
  private final FolderContent content;

  /** The repositories of a volume. */
  public EngineRepositories(Volume volume, Clock clock) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.exchange = volume.capabilities().exchange();
    this.quarantine = new Quarantine(volume, clock);
    this.clearing = new Clearing(volume);
    this.content = new FolderContent(calls);
  }

  /** What became of a decision. */
  public enum Outcome {
    /** At least one folder is new or another. */
    PUBLISHED,
    /** Everything was so. */
    UNCHANGED,
    /** A later decision was published before; nothing was done. */
    OUTDATED
  }

  /**
   * What became of a decision, and what is still to be done.
   *
   * @param outcome what was done
   * @param leaving repositories that the decision does not want and that may still have a folder;
   *     {@link #remove} ends that, once no server serves from it
   */
  public record Published(Outcome outcome, List<RepositoryName> leaving) {
    /** Copies. */
    public Published {
      leaving = List.copyOf(leaving);
    }
  }

  /** Every model of which something was published, sorted. */
  public List<ModelName> models() throws IOException {
    if (calls.stat(layout.enginesPlaced()).isEmpty()) {
      return List.of();
    }
    return calls.list(layout.enginesPlaced()).stream()
        .map(RECORD::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(matcher -> ModelName.of(matcher.group(1)))
        .toList();
  }

  /**
   * What was published of a model.
   *
   * @throws UnreadableFile if the record is damaged
   */
  public Optional<EngineRecord> record(ModelName model) throws IOException {
    Path file = layout.enginesPlaced(model);
    if (calls.stat(file).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wire.read(SafeFile.read(calls, file), EngineRecord.class));
    } catch (UnreadablePayload e) {
      throw new UnreadableFile(file, e);
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The folder of a model in a repository. */
  public Path folder(RepositoryName repository, ModelName model) {
    return repository(repository).resolve(model.value());
  }

  /**
   * Publishes a decision: every folder that it wants is in place when this returns. Folders that it
   * does not want are left for {@link #remove}. A folder that is not ours, or has files that are
   * not, goes to the quarantine first.
   *
   * @param claim {@code engines/.claim}
   * @throws io.modeldepot.store.layout.BadNames if a file's name may not be on the volume; nothing
   *     was done
   */
  public Published publish(Claim claim, PlacedFiles wanted) throws IOException {
    wanted.requireGood();
    return claim.guard(
        () -> {
          claim.requireHeld();
          Optional<EngineRecord> before = readable(claim, wanted.model());
          if (before.filter(it -> it.generation() > wanted.generation()).isPresent()) {
            return new Published(Outcome.OUTDATED, List.of());
          }
          List<RepositoryName> ours = before.map(EngineRecord::names).orElse(List.of());
          TreeSet<RepositoryName> all = new TreeSet<>(ours);
          all.addAll(wanted.folders().keySet());
          for (RepositoryName name : new TreeSet<>(wanted.folders().keySet())) {
            if (!ours.contains(name)) {
              // Before the record says that it is ours, or after a crash nobody could tell.
              setAside(claim, folder(name, wanted.model()));
            }
          }
          if (before.isPresent() || !all.isEmpty()) {
            write(claim, before, new Next(wanted.model(), wanted.generation(), all));
          }
          boolean changed = false;
          for (RepositoryName name : new TreeSet<>(wanted.folders().keySet())) {
            changed |= make(claim, wanted, name);
          }
          all.removeAll(wanted.folders().keySet());
          return new Published(
              changed ? Outcome.PUBLISHED : Outcome.UNCHANGED, new ArrayList<>(all));
        });
  }

  /**
   * Removes the folders of a model from these repositories; the repositories themselves stay,
   * because a server may run on them.
   *
   * @param claim {@code engines/.claim}
   * @param generation of the decision that does not want them; does nothing if that is not the last
   */
  public void remove(
      Claim claim, ModelName model, long generation, Collection<RepositoryName> leaving)
      throws IOException {
    claim.guard(
        () -> {
          claim.requireHeld();
          Optional<EngineRecord> before = readable(claim, model);
          if (leaving.isEmpty() || before.filter(it -> it.generation() == generation).isEmpty()) {
            return model;
          }
          TreeSet<RepositoryName> left = new TreeSet<>(before.get().names());
          for (RepositoryName name : leaving) {
            if (left.remove(name)) {
              takeAway(claim, folder(name, model));
            }
          }
          write(claim, before, new Next(model, generation, left));
          return model;
        });
  }

  /** Whether every folder is as the decision wants it; needs no claim and changes nothing. */
  public boolean isSettled(PlacedFiles wanted) throws IOException {
    for (Map.Entry<RepositoryName, Map<String, String>> one : wanted.folders().entrySet()) {
      if (!content.is(folder(one.getKey(), wanted.model()), one.getValue())) {
        return false;
      }
    }
    TreeSet<RepositoryName> listed =
        new TreeSet<>(record(wanted.model()).map(EngineRecord::names).orElse(List.of()));
    return listed.equals(new TreeSet<>(wanted.folders().keySet()));
  }

  private record Next(ModelName model, long generation, TreeSet<RepositoryName> repositories) {}

  private void write(Claim claim, Optional<EngineRecord> before, Next next) throws IOException {
    EngineRecord record =
        new EngineRecord(
            EngineRecord.FORMAT,
            next.model(),
            next.generation(),
            next.repositories().stream().map(RepositoryName::toString).toList());
    if (before.filter(record::equals).isPresent()) {
      return;
    }
    if (DirectoryTree.makeIfAbsent(calls, layout.enginesPlaced())) {
      calls.syncDirectory(layout.engines());
    }
    SafeFile.replace(
        calls,
        claim.work().resolve("placed.json"),
        layout.enginesPlaced(next.model()),
        Wire.write(record),
        RECORD_MODE);
  }

  /** A record that cannot be read says nothing: it goes to the quarantine, and all is ours anew. */
  private Optional<EngineRecord> readable(Claim claim, ModelName model) throws IOException {
    try {
      return record(model);
    } catch (UnreadableFile damaged) {
      quarantine.putFromOutside(
          claim,
          model,
          layout.enginesPlaced(model),
          Map.of("why", String.valueOf(damaged.getMessage())));
      return Optional.empty();
    }
  }

  private boolean make(Claim claim, PlacedFiles wanted, RepositoryName name) throws IOException {
    Map<String, String> files = Map.copyOf(wanted.folders().getOrDefault(name, Map.of()));
    Path folder = folder(name, wanted.model());
    if (content.is(folder, files)) {
      return false;
    }
    Path fresh = claim.freshScratch().resolve(wanted.model().value());
    build(fresh, files);
    if (DirectoryTree.makeIfAbsent(calls, layout.triton().resolve(name.host()))) {
      calls.syncDirectory(layout.triton());
    }
    if (DirectoryTree.makeIfAbsent(calls, repository(name))) {
      calls.syncDirectory(layout.triton().resolve(name.host()));
    }
    if (!content.hasOnly(folder, files.keySet())) {
      setAside(claim, folder);
    }
    putInPlace(fresh, folder);
    calls.syncDirectory(repository(name));
    return true;
  }

  private void build(Path fresh, Map<String, String> files) throws IOException {
    calls.mkdir(fresh, DirectoryTree.DIRECTORY_MODE);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path parent = Path.of(file.getKey()).getParent();
      if (parent != null) {
        DirectoryTree.makeBelow(calls, fresh, parent);
      }
      SafeFile.write(
          calls, Layout.below(fresh, file.getKey()), PlacedFiles.bytes(file.getValue()), FILE_MODE);
    }
    DirectoryTree.syncDirectories(calls, fresh);
  }

  private void setAside(Claim claim, Path folder) throws IOException {
    if (calls.stat(folder).isPresent()) {
      quarantine.putFromOutside(
          claim,
          ModelName.of(String.valueOf(folder.getFileName())),
          folder,
          Map.of(
              "why",
              "files in a model repository that are not ours, where one of ours belongs",
              "folder",
              layout.shown(folder)));
    }
  }

  private void putInPlace(Path fresh, Path folder) throws IOException {
    if (calls.stat(folder).isEmpty()) {
      calls.rename(fresh, folder);
    } else if (!exchange || !DirectoryTree.exchangeIfPossible(calls, fresh, folder)) {
      calls.rename(folder, fresh.resolveSibling(OLD));
      calls.rename(fresh, folder);
    }
  }

  private void takeAway(Claim claim, Path folder) throws IOException {
    if (calls.stat(folder).isEmpty()) {
      return;
    }
    Path gone = claim.freshScratch().resolve("gone");
    calls.rename(folder, gone);
    Path repository = folder.getParent();
    if (repository != null) {
      calls.syncDirectory(repository);
    }
    boolean unused = clearing.away(gone);
  }

  private Path repository(RepositoryName name) {
    return layout.triton().resolve(name.host()).resolve(name.gpus());
  }
}
