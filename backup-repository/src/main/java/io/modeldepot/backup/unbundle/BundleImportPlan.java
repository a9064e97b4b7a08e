package io.modeldepot.backup.unbundle;

import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import java.util.List;
import java.util.Optional;

/**
 * What an import of a verified bundle does.
 *
 * @param index the bundle's
 * @param signer fingerprint of the key that signed it; empty where nobody was asked
 * @param versions what becomes of each version, in the order of publishing
 * @param writeBytes what the volume lacks
 * @param keptBytes what it has already of these versions
 */
public record BundleImportPlan(
    BundleIndex index,
    Optional<String> signer,
    List<Step> versions,
    long writeBytes,
    long keptBytes) {

  /**
   * What becomes of a version.
   *
   * @param model its model
   * @param commit the version
   * @param current whether it is the model's current one afterwards
   * @param before the current one before, if there was one
   * @param sizeBytes of its files
   */
  public record Step(
      ModelName model,
      CommitId commit,
      boolean current,
      Optional<CommitId> before,
      long sizeBytes) {}
}
