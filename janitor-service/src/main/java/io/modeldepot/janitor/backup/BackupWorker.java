package io.modeldepot.janitor.backup;

import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.store.keep.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Does what a {@code backup-due} asks for. */
@ApplicationScoped
public class BackupWorker implements Worker {
  private final Saving saving;
  private final Keeping keeping;
  private final Drilling drilling;
  private final BackupMetrics metrics;

  @Inject
  BackupWorker(Saving saving, Keeping keeping, Drilling drilling, BackupMetrics metrics) {
    this.saving = saving;
    this.keeping = keeping;
    this.drilling = drilling;
    this.metrics = metrics;
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
      Ending ending =
          switch (command.action().orElse(BackupAction.BACKUP)) {
            case BACKUP ->
                command.dryRun()
                    ? saving.plan(command, shelf)
                    : saving.backup(job.requestId(), command, shelf, progress);
            case CHECK -> keeping.check(command, shelf, progress);
            case PIN -> keeping.pin(command, shelf);
            case UNPIN -> keeping.unpin(command, shelf);
            case PRUNE -> keeping.prune(command, shelf);
            case DIFF -> keeping.diff(command, shelf);
            case DRILL -> drilling.drill(command, shelf, progress);
          };
      metrics.ended(command, ending, shelf.store());
      return ending;
    } catch (IOException e) {
      Optional<Problem> problem = Mishaps.of(e);
      if (problem.isPresent()) {
        Ending failed = new Ending.Failed(problem.get());
        metrics.ended(command, failed, shelf.store());
        return failed;
      }
      throw e;
    }
  }
}
