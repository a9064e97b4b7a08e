package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where a maintenance job is; the final record carries the result.
 *
 * @param requestId requestId
 * @param kind kind
 * @param location location
 * @param state state
 * @param sequence sequence
 * @param doneBytes doneBytes
 * @param totalBytes totalBytes
 * @param items items
 * @param problem problem
 * @param result shape by kind
 * @param updatedAt updatedAt
 */
public record MaintenanceProgressed(
    RequestId requestId,
    MaintenanceKind kind,
    LocationName location,
    MaintenanceState state,
    @JsonProperty(required = true) long sequence,
    Optional<Long> doneBytes,
    Optional<Long> totalBytes,
    Optional<Integer> items,
    Optional<Problem> problem,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> result,
    Instant updatedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public MaintenanceProgressed {
    Components.required(requestId, "requestId");
    Components.required(kind, "kind");
    Components.required(location, "location");
    Components.required(state, "state");
    Components.notNegative(sequence, "sequence");
    doneBytes = Components.optional(doneBytes);
    totalBytes = Components.optional(totalBytes);
    items = Components.optional(items);
    problem = Components.optional(problem);
    result = Components.map(result);
    Components.required(updatedAt, "updatedAt");
  }
}
