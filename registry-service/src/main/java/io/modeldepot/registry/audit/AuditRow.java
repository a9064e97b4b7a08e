package io.modeldepot.registry.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modeldepot.events.wire.Wire;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The table {@code audit}. Only {@link AuditTrail} makes rows; nothing changes one. */
@Entity
@Immutable
@Table(name = "audit")
public class AuditRow extends PanacheEntityBase {
  @Id long seq;
  Instant at;
  String actor;
  String action;
  String object;
  String source;

  @Column(name = "event_id")
  String eventId;

  @ColumnTransformer(write = "?::jsonb")
  String detail;

  /** Taken from the detail by the database, to follow one request. */
  @Column(name = "request_id", insertable = false, updatable = false)
  @Nullable String requestId;

  String prev;
  String hash;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected AuditRow() {}

  AuditRow(AuditRecord record) {
    seq = record.seq();
    at = record.at();
    actor = record.actor();
    action = record.action();
    object = record.object();
    source = record.source();
    eventId = record.eventId();
    detail = record.detail().toString();
    prev = record.prev();
    hash = record.hash();
  }

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "seq" -> seq;
      case "at" -> at;
      case "actor" -> actor;
      case "action" -> action;
      case "object" -> object;
      case "source" -> source;
      case AuditResource.REQUEST -> requestId == null ? "" : requestId;
      default -> throw new IllegalArgumentException(property);
    };
  }

  /** The row as a value. */
  AuditRecord record() {
    try {
      return new AuditRecord(
          seq,
          at,
          actor,
          action,
          object,
          source,
          eventId,
          Wire.mapper().readTree(detail),
          prev,
          hash);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned jsonb that is not JSON.", e);
    }
  }
}
