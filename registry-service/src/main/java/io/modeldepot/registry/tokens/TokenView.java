package io.modeldepot.registry.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token as REST shows it; the secret is shown once, by {@link Created}, and by nothing else.
 *
 * @param id to revoke it by; it is also its name in the audit trail
 * @param name what it is for
 * @param kind a token, or a session of the console
 * @param role what it allows
 * @param families what it may change models of; empty: all
 * @param createdBy who made it
 * @param createdAt when
 * @param expiresAt when it ends by itself
 * @param revokedAt when it was ended
 */
public record TokenView(
    String id,
    String name,
    TokenRow.Kind kind,
    Role role,
    List<FamilyName> families,
    String createdBy,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Instant> expiresAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Instant> revokedAt) {

  /**
   * A new one.
   *
   * @param token what is shown now and never again
   * @param details the rest
   */
  public record Created(String token, TokenView details) {
    /** Without the secret. */
    @Override
    public String toString() {
      return details.toString();
    }
  }
}
