package io.modeldepot.backup.unbundle;

import io.modeldepot.events.terms.Scan;
import java.util.List;

/**
 * What an import did.
 *
 * @param plan what it was to do
 * @param done what became of each version
 */
public record BundleImportReport(BundleImportPlan plan, List<Done> done) {

  /**
   * What became of a version.
   *
   * @param step as planned
   * @param outcome {@code new}, {@code extended} or {@code unchanged}
   * @param scan what loading it would run, as this site judges it
   */
  public record Done(BundleImportPlan.Step step, String outcome, Scan scan) {}
}
