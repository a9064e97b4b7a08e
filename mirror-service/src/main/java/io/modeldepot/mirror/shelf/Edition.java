package io.modeldepot.mirror.shelf;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import java.time.Instant;
import java.util.Optional;

/**
 * A version, without its files.
 *
 * @param model in the catalog
 * @param commit its commit
 * @param standing whether it is the model's current version
 * @param repository where it came from
 * @param revision the branch, tag or commit that was asked for when it came
 * @param licence as the hub stated it
 * @param gated {@code auto} or {@code manual}; absent when not gated
 * @param createdAt when its manifest was made
 * @param stamp changes whenever the manifest is replaced
 */
public record Edition(
    ModelName model,
    CommitId commit,
    Standing standing,
    Optional<RepositoryId> repository,
    Optional<String> revision,
    Optional<String> licence,
    Optional<String> gated,
    Instant createdAt,
    String stamp) {

  /** Whether a version is the one that {@code current.json} names. */
  public enum Standing {
    CURRENT,
    RETAINED
  }

  static Edition of(Manifest manifest, Standing standing, String stamp) {
    return new Edition(
        manifest.model(),
        manifest.commit(),
        standing,
        manifest.source().repository(),
        manifest.source().revision(),
        manifest.source().licence(),
        manifest.source().gated(),
        manifest.createdAt(),
        stamp);
  }

  Edition with(Standing now) {
    return new Edition(model, commit, now, repository, revision, licence, gated, createdAt, stamp);
  }

  /** Whether it is the model's current version. */
  public boolean isCurrent() {
    return standing == Standing.CURRENT;
  }

  /** The name under which clients know it: the repository, else the model. */
  public String id() {
    return repository.map(RepositoryId::value).orElse(model.value());
  }
}
