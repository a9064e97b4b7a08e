package io.modeldepot.registry.audit;

import java.util.Map;

/**
 * Something that happened, before it has a place in the chain.
 *
 * @param actor an opaque id; {@code kafka} when nobody is authenticated
 * @param action {@code model.described}, {@code download.requested}, {@code version.published}, …
 * @param object what it happened to: {@code model/llama2-7b}, {@code version/llama2-7b@01c7…}
 * @param source through which door it came
 * @param eventId one event has one entry: a second entry with the same id is not written
 * @param detail what else is worth knowing; no secrets, no names of people
 */
public record AuditEntry(
    String actor,
    String action,
    String object,
    AuditSource source,
    String eventId,
    Map<String, Object> detail) {

  /** The actor of what nobody authenticated sent to a topic. */
  public static final String KAFKA = "kafka";

  public AuditEntry {
    if (actor.isBlank() || action.isBlank() || object.isBlank() || eventId.isBlank()) {
      throw new IllegalArgumentException("An audit entry says who, what, to which thing, and why.");
    }
    detail = Map.copyOf(detail);
  }
}
