package io.modeldepot.kit.access;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import java.util.Set;

/**
 * Somebody who may pass.
 *
 * @param actor an opaque id for the audit trail: {@code token/<id>}, {@code service}, or {@code
 *     local} for whoever calls from this machine where no token is asked for
 * @param role what it allows
 * @param families what it may change models of; empty: all
 */
public record Identity(String actor, Role role, Set<FamilyName> families) {
  /** Keeps its own copy. */
  public Identity {
    families = Set.copyOf(families);
  }

  /** Somebody who may do everything. */
  public static Identity unlimited(String actor) {
    return new Identity(actor, Role.ADMIN, Set.of());
  }

  /** Whether the role allows what needs another one. A role of a newer writer allows nothing. */
  public boolean may(Role needed) {
    return rank(role) >= rank(needed) && rank(role) > 0;
  }

  /** Whether models of a family may be changed. */
  public boolean mayChange(FamilyName family) {
    return families.isEmpty() || families.contains(family);
  }

  private static int rank(Role role) {
    return switch (role) {
      case VIEWER -> 1;
      case OPERATOR -> 2;
      case ADMIN -> 3;
      case UNKNOWN -> 0;
    };
  }
}
