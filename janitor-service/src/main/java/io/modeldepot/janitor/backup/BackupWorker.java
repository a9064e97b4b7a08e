package io.modeldepot.janitor.backup;

import io.modeldepot.backup.keep.Check;
import io.modeldepot.backup.keep.CheckReport;
import io.modeldepot.backup.keep.Depth;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.BackupRules;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Does what a {@code backup-due} asks for. */
@ApplicationScoped
public class BackupWorker implements Worker {
  private final Targets targets;
  private final BackupSettings settings;
  private final ServiceIdentity identity;
  private final Clock clock;

  @Inject
  BackupWorker(Targets targets, BackupSettings settings, ServiceIdentity identity, Clock clock) {
    this.targets = targets;
    this.settings = settings;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public Lane lane() {
    return Lane.BACKUP;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked.backup().isPresent();
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    BackupDue command = job.asked().backup().orElseThrow();
    try {
      return switch (command.action().orElse(BackupAction.BACKUP)) {
        case BACKUP -> backup(job, command, shelf, progress);
        case CHECK -> check(command, shelf, progress);
        case PIN, UNPIN, PRUNE, DRILL ->
            new Ending.Failed(
                Problem.of(ProblemCode.INVALID, "This version of the janitor does not do that."));
      };
    } catch (IOException e) {
      Optional<Problem> problem = Mishaps.of(e);
      if (problem.isPresent()) {
        return new Ending.Failed(problem.get());
      }
      throw e;
    }
  }

  private Ending backup(
      MaintenanceJob job, BackupDue command, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    Scope scope = scope(command);
    BackupOrder usual = BackupOrder.of(scope, Optional.of(job.requestId()), identity.instance());
    BackupOrder order =
        new BackupOrder(
            usual.scope(),
            usual.requestId(),
            usual.instance(),
            settings.threads().orElse(usual.threads()),
            usual.times());
    try (Targets.Opened target = targets.openOrMake(command.target(), shelf.store())) {
      Snapshot snapshot =
          new Backup(shelf.store(), target.repository(), clock)
              .run(
                  order,
                  RegistryData.none("the registry was not asked"),
                  (done, total, files) -> progress.accept(new Progress(done, total, files)));
      return new Ending.Done(
          Results.of(snapshot, target.target(), target.repository().storage().place()));
    }
  }

  private Ending check(BackupDue command, Shelf shelf, Consumer<Progress> progress)
      throws IOException {
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

  private static Scope scope(BackupDue command) {
    return new Scope(
        BackupRules.scope(command.scope(), command.family(), command.model()),
        command.family(),
        command.model(),
        Optional.empty());
  }
}
