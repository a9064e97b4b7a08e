package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Which files of the repository a version holds.
 *
 * @param profile profile
 * @param include globs on the path
 * @param exclude globs on the path
 */
public record Selection(
    Optional<Profile> profile,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> include,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> exclude) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Selection {
    profile = Components.optional(profile);
    include = Components.list(include);
    exclude = Components.list(exclude);
  }
}
