package io.modeldepot.events.state;

import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.SpreadPolicy;
import java.util.Optional;

/**
 * At which locations a model is wished to be; the registry turns it into the entry's locations.
 *
 * @param policy policy
 * @param copies at how many locations, with copies and near; default 1
 */
public record Spread(SpreadPolicy policy, Optional<Integer> copies) {

  /** Refuses what is missing. */
  public Spread {
    Components.required(policy, "policy");
    copies = Components.optional(copies);
  }
}
