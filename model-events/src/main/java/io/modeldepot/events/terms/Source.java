package io.modeldepot.events.terms;

import java.util.Optional;

/**
 * Where a version came from.
 *
 * @param kind kind
 * @param endpoint base URL of the hub, without credentials
 * @param repository repository
 * @param revision branch, tag or commit that was asked for
 * @param licence as the hub states it
 * @param gated {@code auto} or {@code manual}; absent when not gated
 */
public record Source(
    SourceKind kind,
    Optional<String> endpoint,
    Optional<RepositoryId> repository,
    Optional<String> revision,
    Optional<String> licence,
    Optional<String> gated) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Source {
    Components.required(kind, "kind");
    endpoint = Components.optional(endpoint);
    repository = Components.optional(repository);
    revision = Components.optional(revision);
    licence = Components.optional(licence);
    gated = Components.optional(gated);
  }
}
