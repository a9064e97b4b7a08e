package io.modeldepot.registry.audit;

import java.util.Map;

/**
 * Where a change comes from.
 *
 * @param actor an opaque id; {@link AuditEntry#KAFKA} when nobody is authenticated
 * @param source through which door
 * @param eventId the id of the event that it came as, or that it goes out as
 */
public record Origin(String actor, AuditSource source, String eventId) {

  /** From a REST call of this caller. */
  public static Origin rest(String actor, String eventId) {
    return new Origin(actor, AuditSource.REST, eventId);
  }

  /** From a record on a topic. */
  public static Origin event(String eventId) {
    return new Origin(AuditEntry.KAFKA, AuditSource.EVENT, eventId);
  }

  /** What else happens because of the same event. */
  public Origin and(String what) {
    return new Origin(actor, source, eventId + "/" + what);
  }

  /** An entry about something that this caused. */
  public AuditEntry entry(String action, String object, Map<String, Object> detail) {
    return new AuditEntry(actor, action, object, source, eventId, detail);
  }
}
