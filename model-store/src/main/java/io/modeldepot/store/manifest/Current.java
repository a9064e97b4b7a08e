package io.modeldepot.store.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code current.json}: which version of a model is current. The file is the commit point of every
 * change of a model.
 *
 * @param commitOrEmpty the current version; "" when the model has none any more
 * @param generation only rises
 * @param publishedAt when
 */
public record Current(
    @JsonProperty("commit") String commitOrEmpty,
    @JsonProperty(required = true) long generation,
    @JsonProperty(required = true) Instant publishedAt) {

  /** Refuses what is no commit. */
  public Current {
    if (!commitOrEmpty.isEmpty()) {
      CommitId.of(commitOrEmpty);
    }
    if (generation < 1) {
      throw new IllegalArgumentException("A generation is at least 1, not " + generation);
    }
  }

  /** A record of a current version, or of none. */
  public static Current of(Optional<CommitId> commit, long generation, Instant publishedAt) {
    return new Current(commit.map(CommitId::value).orElse(""), generation, publishedAt);
  }

  /** The current version; empty when the model has none any more. */
  public Optional<CommitId> commit() {
    return commitOrEmpty.isEmpty() ? Optional.empty() : Optional.of(CommitId.of(commitOrEmpty));
  }
}
