package io.modeldepot.backup.restore;

import io.modeldepot.backup.snapshot.LeftOut;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import java.util.List;

/**
 * What a restore did.
 *
 * @param restored the versions that are there now
 * @param failed the versions that could not be brought back, and why
 * @param files of the restored versions
 * @param writtenBytes what had to be written
 * @param keptBytes what was there already and is whole
 * @param milliseconds how long it took
 */
public record RestoreReport(
    List<Restored> restored,
    List<LeftOut> failed,
    int files,
    long writtenBytes,
    long keptBytes,
    long milliseconds) {

  /**
   * A version.
   *
   * @param model its model
   * @param commit which
   * @param outcome what became of it, in a word: {@code new}, {@code extended}, {@code switched},
   *     {@code unchanged}
   */
  public record Restored(ModelName model, CommitId commit, String outcome) {}

  /** Of all versions, a content counted once. */
  public long totalBytes() {
    return writtenBytes + keptBytes;
  }
}
