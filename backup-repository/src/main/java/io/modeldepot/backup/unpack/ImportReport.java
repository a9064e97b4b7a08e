package io.modeldepot.backup.unpack;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import java.util.List;

/**
 * What an import did.
 *
 * @param imported the versions that are there now
 * @param files of them
 * @param writtenBytes what had to be written
 * @param keptBytes what was there already and is whole
 */
public record ImportReport(List<Imported> imported, int files, long writtenBytes, long keptBytes) {
  /**
   * A version.
   *
   * @param outcome what became of it, in a word, as of a restore
   * @param manifested whether the archive said what it is; else its commit is a hash of its content
   * @param sizeBytes of its files
   */
  public record Imported(
      ModelName model, CommitId commit, String outcome, boolean manifested, long sizeBytes) {}
}
