package io.modeldepot.janitor.backup;

import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.CheckReport;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.keep.Pins;
import io.modeldepot.backup.keep.Prune;
import io.modeldepot.backup.keep.PruneReport;
import io.modeldepot.backup.keep.Retention;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.snapshot.SnapshotDiff;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is done with the backups there are. */
@ApplicationScoped
class Keeping {
  private final Targets targets;
  private final BackupSettings settings;
  private final ServiceIdentity identity;
  private final Clock clock;

  @Inject
  Keeping(Targets targets, BackupSettings settings, ServiceIdentity identity, Clock clock) {
    this.targets = targets;
    this.settings = settings;
    this.identity = identity;
    this.clock = clock;
  }

  Ending check(BackupDue command, Shelf shelf, Consumer<Progress> progress) throws IOException {
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      CheckReport report =
          new Check(target.repository())
              .run(
                  depth(command),
                  (done, total, blocks) -> progress.accept(new Progress(done, total, blocks)));
      Map<String, Object> result = Results.of(report, target.target());
      return report.good()
          ? new Ending.Done(result)
          : new Ending.Failed(
              Problem.of(
                  ProblemCode.BACKUP_DAMAGED,
                  report.findings().size()
                      + " findings, the first: "
                      + report.findings().getFirst()),
              result);
    }
  }

  Ending pin(BackupDue command, Shelf shelf) throws IOException {
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      Pins.Pin pin =
          new Pins(target.repository())
              .pin(
                  command.backup().orElseThrow(),
                  command.reason().orElseThrow(),
                  identity.instance(),
                  clock.instant());
      return new Ending.Done(
          Map.of("backup", pin.backup(), "target", target.target(), "pinned", pin.reason()));
    }
  }

  Ending unpin(BackupDue command, Shelf shelf) throws IOException {
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      String id = new Pins(target.repository()).unpin(command.backup().orElseThrow());
      return new Ending.Done(Map.of("backup", id, "target", target.target()));
    }
  }

  Ending diff(BackupDue command, Shelf shelf) throws IOException {
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      Snapshots snapshots = target.repository().snapshots();
      Snapshot from = snapshots.read(snapshots.find(command.backup().orElseThrow()));
      Snapshot to = snapshots.read(snapshots.find(command.against().orElseThrow()));
      return new Ending.Done(Results.of(SnapshotDiff.between(from, to), target.target()));
    }
  }

  Ending prune(BackupDue command, Shelf shelf) throws IOException {
    Retention retention =
        new Retention(
            settings.keep().last(),
            settings.keep().daily(),
            settings.keep().weekly(),
            settings.keep().monthly());
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      Prune prune = new Prune(target.repository(), clock);
      PruneReport report =
          command.dryRun()
              ? prune.plan(retention)
              : prune.run(retention, identity.instance(), RepositoryLock.Times.USUAL);
      Map<String, Object> result = Results.of(report, target.target());
      return command.dryRun() ? new Ending.Planned(result) : new Ending.Done(result);
    }
  }

  private static Depth depth(BackupDue command) {
    Optional<String> read = command.read();
    if (read.isEmpty()) {
      return Depth.STRUCTURE;
    }
    if (read.get().equals("all")) {
      return Depth.DATA;
    }
    String[] part = read.get().split("/", -1);
    return new Depth(Integer.parseInt(part[0]), Integer.parseInt(part[1]));
  }
}
