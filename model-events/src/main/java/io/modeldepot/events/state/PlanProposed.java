package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.time.Instant;
import java.util.List;

/**
 * A plan that waits to be applied. Every planner knows it, so that any of them can be asked and
 * whoever leads can put it in force.
 *
 * @param plan its number
 * @param instance who made it; two planners may give one number, and then neither plan is applied
 * @param site a digest of the site that it was made for: it is applied to no other one
 * @param replicas what runs where, all of it
 * @param bound no plan can serve more
 * @param proposedAt proposedAt
 */
public record PlanProposed(
    @JsonProperty(required = true) long plan,
    String instance,
    String site,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ProposedReplica> replicas,
    @JsonProperty(required = true) long bound,
    Instant proposedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public PlanProposed {
    Components.notNegative(plan, "plan");
    Components.required(instance, "instance");
    Components.required(site, "site");
    replicas = Components.list(replicas);
    Components.notNegative(bound, "bound");
    Components.required(proposedAt, "proposedAt");
  }

  /** The record's key: number and maker, so that neither of two plans of one number is lost. */
  public String key() {
    return plan + "/" + instance;
  }
}
