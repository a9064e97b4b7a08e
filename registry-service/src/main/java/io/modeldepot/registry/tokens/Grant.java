package io.modeldepot.registry.tokens;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody is to be allowed.
 *
 * @param name what the token is for, for people
 * @param role how much
 * @param families what it may change models of; empty: all
 * @param expiresAt until when; empty: until it is revoked
 */
record Grant(String name, Role role, List<FamilyName> families, Optional<Instant> expiresAt) {
  Grant {
    families = List.copyOf(families);
  }

  /** The same under another name, and until then at the latest. */
  Grant until(String newName, Instant end) {
    return new Grant(
        newName, role, families, Optional.of(expiresAt.filter(it -> it.isBefore(end)).orElse(end)));
  }
}
