package io.modeldepot.cli.command.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits for the decision that follows a wish. It comes within seconds; none comes where it would
 * stay as it was, as that is not told again.
 */
final class DecisionWatch {
  private static final Duration TO_DECIDE = Duration.ofSeconds(8);
  private static final Duration BETWEEN = Duration.ofMillis(300);
  private static final Set<String> NOBODY_TELLS =
      Set.of("placement-unavailable", "broker-unavailable");

  private final Session session;
  private final long start = System.nanoTime();

  /** Begins: whoever waits for several decisions waits no longer than for one. */
  DecisionWatch(Session session) {
    this.session = session;
  }

  /** The decision in force; empty too while nobody can tell. */
  Optional<JsonNode> now(String model) {
    try {
      return session.registry().find(model, "/placements/" + Registry.segment(model));
    } catch (Failure e) {
      if (NOBODY_TELLS.contains(e.code())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The first decision that is so, or the one in force when nobody waits any longer. */
  Optional<JsonNode> until(String model, Predicate<JsonNode> isSo) {
    Optional<JsonNode> decided = now(model);
    while (decided.filter(isSo).isEmpty() && System.nanoTime() - start < TO_DECIDE.toNanos()) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      decided = now(model);
    }
    return decided;
  }

  /** Which decision it is; below all others where there is none. */
  static long generation(Optional<JsonNode> decision) {
    return decision.map(it -> it.path("generation").asLong()).orElse(-1L);
  }
}
