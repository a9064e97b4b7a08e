package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import java.util.Optional;

/**
 * A version that is not in a snapshot although it was asked for.
 *
 * @param model its model
 * @param commit which
 * @param path the file that is to blame, where it is one
 * @param why in a sentence
 */
public record LeftOut(
    @JsonProperty(required = true) ModelName model,
    @JsonProperty(required = true) CommitId commit,
    Optional<String> path,
    @JsonProperty(required = true) String why) {
  /** An absent path is none. */
  public LeftOut {
    path = path == null ? Optional.empty() : path;
  }
}
