package io.modeldepot.downloader.hub;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import java.util.Optional;

/**
 * A branch, tag or commit of a repository, resolved.
 *
 * @param repository the repository
 * @param revision what was asked for
 * @param commit what it is now
 * @param licence as the hub states it, for example {@code llama2}
 * @param gated {@code auto} or {@code manual}; absent when not gated
 * @param disabled whether the hub has switched it off
 * @param endpoint who answered
 */
public record RepositoryRevision(
    RepositoryId repository,
    String revision,
    CommitId commit,
    Optional<String> licence,
    Optional<String> gated,
    boolean disabled,
    Endpoint endpoint) {}
