package io.modeldepot.janitor.backup;

import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.restore.Drill;
import io.modeldepot.backup.restore.RestoreReport;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.call.LinuxCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Drills: a sample of a backup is restored to a scratch place and removed again. */
@ApplicationScoped
class Drilling {
  private final Targets targets;
  private final BackupSettings settings;
  private final ServiceIdentity identity;
  private final Clock clock;

  @Inject
  Drilling(Targets targets, BackupSettings settings, ServiceIdentity identity, Clock clock) {
    this.targets = targets;
    this.settings = settings;
    this.identity = identity;
    this.clock = clock;
  }

  Ending drill(BackupDue command, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    try {
      return tried(command, shelf, progress);
    } catch (FileSystemException e) {
      Optional<Problem> problem = Mishaps.at(scratchHome(), e);
      if (problem.isPresent()) {
        return new Ending.Failed(problem.get());
      }
      throw e;
    }
  }

  private Ending tried(BackupDue command, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    int threads =
        settings
            .threads()
            .orElse(BackupOrder.of(Scope.all(), Optional.empty(), identity.instance()).threads());
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      Snapshots snapshots = target.repository().snapshots();
      Snapshot snapshot = snapshots.read(snapshots.find(command.backup().orElse(Snapshots.LATEST)));
      Path scratch = Files.createTempDirectory(scratchHome(), "drill-");
      RestoreReport report;
      try {
        report =
            new Drill(target.repository(), new LinuxCalls())
                .run(
                    snapshot,
                    scratch,
                    settings.drillBytes(),
                    new SecureRandom(),
                    threads,
                    (done, total, files) -> progress.accept(new Progress(done, total, files)));
      } finally {
        Files.deleteIfExists(scratch);
      }
      Map<String, Object> result =
          new LinkedHashMap<>(
              Results.of(report, snapshot, snapshot.scope().toString(), target.target()));
      result.put("rtoSeconds", report.milliseconds() / 1000.0);
      result.put("rpoSeconds", Duration.between(snapshot.time(), clock.instant()).toSeconds());
      return report.failed().isEmpty()
          ? new Ending.Done(result)
          : new Ending.Failed(
              Problem.of(
                  ProblemCode.BACKUP_DAMAGED,
                  "The drill could not restore "
                      + report.failed().getFirst().model()
                      + ": "
                      + report.failed().getFirst().why()),
              result);
    }
  }

  private Path scratchHome() {
    return settings
        .scratchDir()
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
        .toAbsolutePath();
  }
}
