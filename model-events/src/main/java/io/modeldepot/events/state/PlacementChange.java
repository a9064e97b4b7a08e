package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.time.Instant;
import java.util.List;

/**
 * What a plan did last to a model that was placed already, and why.
 *
 * @param what what
 * @param plan the plan that did it
 * @param from the GPUs that it was on, as host/id
 * @param usersBefore that it served together
 * @param because the cause in words
 * @param at at
 */
public record PlacementChange(
    PlacementChangeKind what,
    @JsonProperty(required = true) long plan,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> from,
    @JsonProperty(required = true) int usersBefore,
    String because,
    Instant at) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public PlacementChange {
    Components.required(what, "what");
    Components.notNegative(plan, "plan");
    from = Components.list(from);
    Components.notNegative(usersBefore, "usersBefore");
    Components.required(because, "because");
    Components.required(at, "at");
  }
}
