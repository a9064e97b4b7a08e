package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.janitor.job.JobBook;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.survey.Surveyor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who on the volume itself needs versions.
 *
 * @param activeLinks what {@code active/<model>} points to
 * @param engineLinks what the model repositories of inference servers name
 * @param downloads of downloads
 * @param backups commands of backups that have begun and not ended: what they list they will read
 */
public record References(
    Map<ModelName, CommitId> activeLinks,
    Map<ModelName, Set<CommitId>> engineLinks,
    List<Survey.Job> downloads,
    List<BackupDue> backups) {

  /** Keeps its own copies. */
  public References {
    activeLinks = Map.copyOf(activeLinks);
    engineLinks = Map.copyOf(engineLinks);
    downloads = List.copyOf(downloads);
    backups = List.copyOf(backups);
  }

  /** Those of a survey. */
  static References of(Survey survey, List<BackupDue> backups) {
    return new References(survey.activeLinks(), survey.engineLinks(), survey.jobs(), backups);
  }

  /** Those of this moment. */
  public static References now(ModelStore store) throws IOException {
    Surveyor surveyor = store.surveyor();
    return new References(
        surveyor.activeLinks(), surveyor.engineLinks(), surveyor.jobs(), backups(store));
  }

  /** Backups that have begun; one that waits goes on with the versions it listed. */
  static List<BackupDue> backups(ModelStore store) throws IOException {
    return new JobBook(store)
        .all().stream()
            .filter(job -> !job.isOver())
            .filter(References::hasBegun)
            .flatMap(job -> job.asked().backup().stream())
            .filter(it -> it.action().orElse(BackupAction.BACKUP) == BackupAction.BACKUP)
            .filter(it -> !it.dryRun())
            .toList();
  }

  private static boolean hasBegun(MaintenanceJob job) {
    return switch (job.state()) {
      case RUNNING, WAITING, UNKNOWN -> true;
      case ACCEPTED, PLANNED, DONE, FAILED, EXPIRED -> false;
    };
  }
}
