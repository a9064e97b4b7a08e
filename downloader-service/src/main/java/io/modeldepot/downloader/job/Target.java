package io.modeldepot.downloader.job;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.Source;
import java.util.Optional;

/**
 * What a job brings in, once the catalog was asked. Decided once: what the catalog says later is
 * for later jobs.
 *
 * @param family of the model
 * @param repository at the hub; absent where the source is a directory
 * @param revision branch, tag or commit that is wanted
 * @param selection which files
 * @param source what the manifest says of the origin, once the hub was asked
 */
public record Target(
    FamilyName family,
    Optional<RepositoryId> repository,
    String revision,
    Selection selection,
    Optional<Source> source) {

  /** Whether the revision names one commit for ever. */
  public boolean isPinned() {
    return revision.matches("[0-9a-f]{40}");
  }

  /** The same with what the hub said of it. */
  public Target withSource(Source said) {
    return new Target(family, repository, revision, selection, Optional.of(said));
  }
}
