package io.modeldepot.placement.announce;

import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.Map;

/**
 * When and why a plan was made.
 *
 * @param begun when planning began
 * @param decided when it was decided
 * @param causes traces of what changed about models since the plan before; of none that has not
 */
public record Occasion(Instant begun, Instant decided, Map<ModelName, String> causes) {
  /** Keeps what was given. */
  public Occasion {
    causes = Map.copyOf(causes);
  }

  /** A plan that nothing is known to have caused. */
  public static Occasion at(Instant decided) {
    return new Occasion(decided, decided, Map.of());
  }
}
