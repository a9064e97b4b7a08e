package io.modeldepot.janitor.restore;

import io.modeldepot.backup.repository.NoRepository;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.repository.UnknownSnapshot;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.restore.TreeRestore;
import io.modeldepot.backup.restore.VolumeRestore;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.command.BackupRules;
import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.backup.BackupSettings;
import io.modeldepot.janitor.backup.Mishaps;
import io.modeldepot.janitor.backup.Results;
import io.modeldepot.janitor.backup.Targets;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.LinuxCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Does what a {@code restore-requested} asks for. */
@ApplicationScoped
public class RestoreWorker implements Worker {
  private final Targets targets;
  private final BackupSettings settings;
  private final ShownGenerations shown;
  private final int threads;

  @Inject
  RestoreWorker(
      Targets targets, BackupSettings settings, ShownGenerations shown, ServiceIdentity identity) {
    this.targets = targets;
    this.settings = settings;
    this.shown = shown;
    this.threads =
        settings
            .threads()
            .orElse(BackupOrder.of(Scope.all(), Optional.empty(), identity.instance()).threads());
  }

  @Override
  public Lane lane() {
    return Lane.BACKUP;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked.restore().isPresent();
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    RestoreRequested command = job.asked().restore().orElseThrow();
    Scope scope =
        new Scope(
            BackupRules.scope(command.scope(), command.family(), command.model()),
            command.family(),
            command.model(),
            command.commit());
    try {
      return restore(command, scope, shelf, progress);
    } catch (IOException e) {
      Optional<Problem> problem = Mishaps.of(e);
      if (problem.isPresent()) {
        return new Ending.Failed(problem.get());
      }
      throw e;
    }
  }

  private Ending restore(
      RestoreRequested command, Scope scope, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    Optional<Path> elsewhere = Optional.empty();
    if (command.to().isPresent()) {
      elsewhere = allowed(command.to().get());
      if (elsewhere.isEmpty()) {
        return new Ending.Failed(notAllowed(command.to().get()));
      }
    }
    Watcher watcher = (done, total, files) -> progress.accept(new Progress(done, total, files));
    try (Targets.Opened target = find(command.backup(), shelf)) {
      Snapshots snapshots = target.repository().snapshots();
      Snapshot snapshot = snapshots.read(snapshots.find(command.backup()));
      RestoreReport report;
      if (elsewhere.isPresent()) {
        Files.createDirectories(elsewhere.get());
        report =
            new TreeRestore(new LinuxCalls(), elsewhere.get(), target.repository())
                .run(snapshot, scope, threads, watcher);
      } else {
        shown.awaitAll();
        report =
            new VolumeRestore(shelf, target.repository(), shown::of)
                .run(snapshot, scope, threads, watcher);
      }
      return ending(report, Results.of(report, snapshot, scope.toString(), target.target()));
    } catch (FileSystemException e) {
      Optional<Problem> problem = elsewhere.flatMap(directory -> Mishaps.at(directory, e));
      if (problem.isPresent()) {
        return new Ending.Failed(problem.get());
      }
      throw e;
    }
  }

  private static Ending ending(RestoreReport report, Map<String, Object> result) {
    return report.failed().isEmpty()
        ? new Ending.Done(result)
        : new Ending.Failed(
            Problem.of(
                ProblemCode.BACKUP_DAMAGED,
                report.failed().size()
                    + " versions could not be restored, the first: "
                    + report.failed().getFirst().model()
                    + ": "
                    + report.failed().getFirst().why()),
            result);
  }

  /**
   * The first target that has the backup. One that cannot be asked keeps nobody from the others; if
   * none has it, it is the one to be told of, because the backup may be there.
   */
  private Targets.Opened find(String backup, Shelf shelf) throws IOException {
    IOException last = new NoRepository("No place for backups is configured: set BACKUP_DIR.");
    Optional<IOException> mute = Optional.empty();
    for (String name : targets.names()) {
      try {
        Targets.Opened opened = targets.open(Optional.of(name), shelf.store());
        boolean found = false;
        try {
          Snapshots.Named unused = opened.repository().snapshots().find(backup);
          found = true;
          return opened;
        } finally {
          if (!found) {
            opened.close();
          }
        }
      } catch (UnknownSnapshot | NoRepository e) {
        last = e;
      } catch (IOException e) {
        if (Mishaps.of(e).isEmpty()) {
          throw e;
        }
        mute = mute.or(() -> Optional.of(e));
      }
    }
    throw mute.orElse(last);
  }

  /** The directory that is meant, if anything may be restored to it. */
  private Optional<Path> allowed(String to) {
    if (settings.restoreRoot().isEmpty()) {
      return Optional.empty();
    }
    Path root = settings.restoreRoot().get().toAbsolutePath().normalize();
    Path wanted = root.resolve(to).normalize();
    return wanted.startsWith(root) ? Optional.of(wanted) : Optional.empty();
  }

  private Problem notAllowed(String to) {
    return Problem.of(
        ProblemCode.FORBIDDEN,
        settings.restoreRoot().isEmpty()
            ? "Nothing is restored elsewhere than on the volume until DEPOT_BACKUP_RESTORE_ROOT names"
                + " the directory below which it may be."
            : to + " is not below " + settings.restoreRoot().get() + ".");
  }
}
