package io.modeldepot.registry.tokens;

import io.modeldepot.events.state.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which role an address needs. Looking needs a viewer, running the depot an operator, and who may
 * do what is an admin's. Pure.
 */
public final class Permissions {
  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  /** Anybody: what codes mean, and signing in. */
  private static final List<String> OPEN = List.of("/problems", "/api/v1/session");

  private static final List<String> ADMINS = List.of("/api/v1/tokens", "/api/v1/registry-dump");

  /** What asks and changes nothing, although it is sent. */
  private static final List<String> QUESTIONS =
      List.of("/api/v1/placements/plan", "/api/v1/desired-state/diff");

  private Permissions() {}

  /**
   * The role that is needed; empty if everybody may.
   *
   * @param path without query, from the root
   */
  public static Optional<Role> needed(String method, String path) {
    if (isBelow(OPEN, path)) {
      return Optional.empty();
    }
    if (isBelow(ADMINS, path)) {
      return Optional.of(Role.ADMIN);
    }
    boolean looks = LOOKING.contains(method) || "POST".equals(method) && QUESTIONS.contains(path);
    return Optional.of(looks ? Role.VIEWER : Role.OPERATOR);
  }

  private static boolean isBelow(List<String> roots, String path) {
    return roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }
}
