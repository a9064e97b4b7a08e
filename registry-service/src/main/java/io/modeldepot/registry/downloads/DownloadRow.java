package io.modeldepot.registry.downloads;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.registry.audit.AuditEntry;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code download}: a request, and what became of it in one word. */
@Entity
@Table(name = "download")
public class DownloadRow extends PanacheEntityBase {
  private static final String HEARD_OF_ONLY = "-";

  @Id String id;
  @Nullable String model;
  @Nullable String repository;
  @Nullable String revision;

  @ColumnTransformer(write = "?::jsonb")
  String payload;

  @Column(name = "payload_sha256")
  String payloadSha256;

  /** At how many locations it is to end. */
  int expected;

  String state;

  @Column(name = "is_final")
  boolean isFinal;

  @Column(name = "cancel_requested")
  boolean cancelRequested;

  @Column(name = "joined_to")
  @Nullable String joinedTo;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String problem;

  String actor;
  String origin;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected DownloadRow() {}

  /** A request of which nothing is known but its id. */
  DownloadRow(String id, Instant now) {
    this.id = id;
    this.payload = "{}";
    this.payloadSha256 = HEARD_OF_ONLY;
    this.expected = 1;
    this.state = States.word(DownloadState.REQUESTED);
    this.actor = AuditEntry.KAFKA;
    this.origin = AuditSource.EVENT.word();
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Makes the row say what was asked for. */
  void take(DownloadRequested asked, int atLocations, String by, String through) {
    model = asked.model().map(ModelName::value).orElse(model);
    payload = Json.text(asked);
    payloadSha256 = PayloadDigest.of(asked);
    expected = atLocations;
    actor = by;
    origin = through;
  }

  /**
   * Whether only progress was heard of it: after a loss of the database, or before the request
   * came.
   */
  boolean heardOfOnly() {
    return payloadSha256.equals(HEARD_OF_ONLY);
  }

  DownloadRequested asked() {
    return Json.value(payload, DownloadRequested.class);
  }

  Optional<Problem> failure() {
    return Json.valueOrEmpty(problem, Problem.class);
  }

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "id" -> id;
      case DownloadsResource.MODEL -> model == null ? "" : model;
      case "state" -> state;
      case "actor" -> actor;
      case "origin" -> origin;
      case "isFinal" -> isFinal;
      case "createdAt" -> createdAt;
      case "updatedAt" -> updatedAt;
      default -> throw new IllegalArgumentException(property);
    };
  }
}
