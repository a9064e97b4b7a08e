package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.List;

/**
 * When the oldest file of a version was last verified, and what was found.
 *
 * @param location location
 * @param model model
 * @param commit commit
 * @param checkedAt checkedAt
 * @param findings findings
 */
public record ModelChecked(
    LocationName location,
    ModelName model,
    CommitId commit,
    Instant checkedAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> findings) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelChecked {
    Components.required(location, "location");
    Components.required(model, "model");
    Components.required(commit, "commit");
    Components.required(checkedAt, "checkedAt");
    findings = Components.list(findings);
  }
}
