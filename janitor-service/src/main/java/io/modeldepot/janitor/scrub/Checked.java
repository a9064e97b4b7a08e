package io.modeldepot.janitor.scrub;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.survey.Survey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a check that somebody asked for has found so far, as its job tells it in the end. */
final class Checked {
  private static final int ROWS = 1000;

  private final List<Map<String, Object>> findings = new ArrayList<>();
  private final Set<String> damaged = new HashSet<>();
  private boolean repairable;

  void found(ManifestBook.Rotten rotten) {
    row(rotten.model(), rotten.commit(), rotten.path(), true, rotten.why());
    repairable = true;
  }

  void found(Survey.Version version, Finding finding) {
    boolean damage = finding.isDamage();
    row(version.model(), version.commit(), finding.path(), damage, Diagnosis.words(finding));
    repairable |= damage;
  }

  /** In the archive: nothing of it is a download. */
  void found(ArchiveReading.Archived archived, ArchiveCheck.Damaged what) {
    row(archived.model(), archived.commit(), what.path(), true, Diagnosis.words(what));
  }

  private void row(ModelName model, CommitId commit, String path, boolean damage, String say) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model", model.value());
    row.put("commit", commit.value());
    row.put("path", path);
    row.put("damage", damage);
    row.put("say", say);
    findings.add(row);
    if (damage) {
      damaged.add(model + "@" + commit);
    }
  }

  /**
   * As the result of a job.
   *
   * @param versions that were read, those of the archive too
   * @param readBytes in all
   * @param models of the versions that are not in the archive: the downloader announces these
   *     again, and what came onto the volume by hand is listed then
   * @param cause whether damage is repaired
   */
  Map<String, Object> result(int versions, long readBytes, List<ModelName> models, Cause cause) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("versions", versions);
    result.put("damaged", damaged.size());
    result.put("readBytes", readBytes);
    result.put("findings", findings.subList(0, Math.min(ROWS, findings.size())));
    result.put("truncated", findings.size() > ROWS);
    result.put("models", models.stream().map(ModelName::value).distinct().sorted().toList());
    result.put("repair", cause == Cause.REPAIR && repairable);
    return result;
  }
}
