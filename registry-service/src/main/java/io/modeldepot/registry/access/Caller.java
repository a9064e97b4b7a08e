package io.modeldepot.registry.access;

import jakarta.enterprise.context.RequestScoped;

/** Who calls, and under which request id. Filled by {@link CallerFilter} before anything else. */
@RequestScoped
public class Caller {
  private String requestId = "none";
  private String actor = "anonymous";

  /** As given in {@code X-Request-Id}, else made here. */
  public String requestId() {
    return requestId;
  }

  /** An opaque id: {@code local} from the same machine, else {@code anonymous}. */
  public String actor() {
    return actor;
  }

  void is(String actor, String requestId) {
    this.actor = actor;
    this.requestId = requestId;
  }
}
