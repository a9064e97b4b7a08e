package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.survey.Survey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is judged, from one moment.
 *
 * @param survey what is on the volume
 * @param site what everybody wants and does
 * @param backups that have begun and not ended
 * @param lastSeenInUse when this janitor last saw that somebody needed a model; what it does not
 *     know yet counts as used when it first saw it
 */
public record Picture(
    Survey survey, Site site, List<BackupDue> backups, Map<ModelName, Instant> lastSeenInUse) {

  /** Keeps its own copies. */
  public Picture {
    backups = List.copyOf(backups);
    lastSeenInUse = Map.copyOf(lastSeenInUse);
  }
}
