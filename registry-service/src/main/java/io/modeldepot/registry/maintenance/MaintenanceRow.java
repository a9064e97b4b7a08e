package io.modeldepot.registry.maintenance;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code maintenance}: a request, and what became of it in one word. */
@Entity
@Table(name = "maintenance")
public class MaintenanceRow extends PanacheEntityBase {
  /** In place of a digest where only progress was heard of it. */
  static final String HEARD_OF_ONLY = "-";

  @Id String id;
  String work;
  @Nullable String model;

  @ColumnTransformer(write = "?::jsonb")
  String payload;

  @Column(name = "payload_sha256")
  String payloadSha256;

  /** At how many locations it is to end. */
  int expected;

  String state;

  @Column(name = "is_final")
  boolean isFinal;

  String actor;
  String origin;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  /** For Hibernate and for whoever fills it at once. */
  @SuppressWarnings("NullAway.Init")
  protected MaintenanceRow() {}

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "id" -> id;
      case "coalesce(model, '')" -> model == null ? "" : model;
      case "state" -> state;
      case "actor" -> actor;
      case "isFinal" -> isFinal;
      case "createdAt" -> createdAt;
      case "updatedAt" -> updatedAt;
      default -> throw new IllegalArgumentException(property);
    };
  }
}
