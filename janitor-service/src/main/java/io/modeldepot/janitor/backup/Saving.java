package io.modeldepot.janitor.backup;

import io.modeldepot.backup.repository.NoRepository;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.BackupPlan;
import io.modeldepot.backup.save.Planner;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.BackupRules;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Backups, and plans of them. */
@ApplicationScoped
class Saving {
  private final Targets targets;
  private final BackupSettings settings;
  private final ServiceIdentity identity;
  private final RegistryOverHttp registry;
  private final Clock clock;

  @Inject
  Saving(
      Targets targets,
      BackupSettings settings,
      ServiceIdentity identity,
      RegistryOverHttp registry,
      Clock clock) {
    this.targets = targets;
    this.settings = settings;
    this.identity = identity;
    this.registry = registry;
    this.clock = clock;
  }

  Ending backup(RequestId id, BackupDue command, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    BackupOrder usual = BackupOrder.of(scope(command), Optional.of(id), identity.instance());
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
                  registry,
                  (done, total, files) -> progress.accept(new Progress(done, total, files)));
      return new Ending.Done(
          Results.of(snapshot, target.target(), target.repository().storage().place()));
    }
  }

  Ending plan(BackupDue command, Shelf shelf) throws IOException {
    BackupOrder usual = BackupOrder.of(scope(command), Optional.empty(), identity.instance());
    int threads = settings.threads().orElse(usual.threads());
    BackupPlan plan;
    try (Targets.Opened target = targets.open(command.target(), shelf.store())) {
      plan =
          new Planner(shelf.store(), Optional.of(target.repository()))
              .plan(scope(command), threads);
    } catch (NoRepository e) {
      plan = new Planner(shelf.store(), Optional.empty()).plan(scope(command), threads);
    }
    return new Ending.Planned(Results.of(plan));
  }

  private static Scope scope(BackupDue command) {
    return new Scope(
        BackupRules.scope(command.scope(), command.family(), command.model()),
        command.family(),
        command.model(),
        Optional.empty());
  }
}
