package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token, by its hash; the secret is nowhere.
 *
 * @param tokenId tokenId
 * @param sha256 sha256
 * @param role role
 * @param families empty: all
 * @param expiresAt expiresAt
 * @param revoked revoked
 * @param generation generation
 */
public record AccessChanged(
    String tokenId,
    Sha256 sha256,
    Role role,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FamilyName> families,
    Optional<Instant> expiresAt,
    @JsonProperty(required = true) boolean revoked,
    @JsonProperty(required = true) long generation) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public AccessChanged {
    Components.required(tokenId, "tokenId");
    Components.required(sha256, "sha256");
    Components.required(role, "role");
    families = Components.list(families);
    expiresAt = Components.optional(expiresAt);
    Components.notNegative(generation, "generation");
  }
}
