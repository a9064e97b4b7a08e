package io.modeldepot.registry.updates;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.intake.CommandId;
import java.time.Duration;
import java.time.Instant;

/**
 * A model's turn to be looked at. Turns of different models begin at different times of the period,
 * by the models' names, so that hubs are not asked for all at once.
 *
 * @param number rises by one with each period
 */
record Turn(ModelName model, long number) {

  static Turn at(ModelName model, Instant now, Duration every) {
    long period = every.toMillis();
    long shift = Math.floorMod((long) model.value().hashCode(), period);
    return new Turn(model, Math.floorDiv(now.toEpochMilli() + shift, period));
  }

  /** The same id for the same turn, whichever registry asks. */
  RequestId id(String what) {
    return CommandId.fromForeign(what + "-" + number + "-" + model);
  }
}
