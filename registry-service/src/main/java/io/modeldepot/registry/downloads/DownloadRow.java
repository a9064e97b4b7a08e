package io.modeldepot.registry.downloads;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.kit.intake.PayloadDigest;
import io.modeldepot.registry.audit.AuditEntry;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code download}: a request, and what became of it in one word. */
@Entity
@Table(name = "download")
public class DownloadRow extends PanacheEntityBase {
  private static final String HEARD_OF_ONLY = "-";
  private static final TypeReference<List<LocationName>> LOCATIONS = new TypeReference<>() {};

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

  /** The names of those locations; empty where nobody said which. */
  @ColumnTransformer(write = "?::jsonb")
  String locations;

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

  /**
   * The row of a request, made if there is none, and locked until the caller's transaction ends.
   * Two that make it at once do not fail: the later one waits for the earlier and takes its row.
   */
  static DownloadRow hold(String id, Instant since) {
    DownloadRow known = DownloadRow.findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (known != null) {
      return known;
    }
    getEntityManager()
        .createNativeQuery(
            """
            insert into download (id, payload, payload_sha256, expected, state, is_final,
                                  cancel_requested, actor, origin, created_at, updated_at)
            values (?1, '{}', ?2, 1, ?3, false, false, ?4, ?5, ?6, ?6)
            on conflict (id) do nothing
            """)
        .setParameter(1, id)
        .setParameter(2, HEARD_OF_ONLY)
        .setParameter(3, States.word(DownloadState.REQUESTED))
        .setParameter(4, AuditEntry.KAFKA)
        .setParameter(5, AuditSource.EVENT.word())
        .setParameter(6, since)
        .executeUpdate();
    return DownloadRow.findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Makes the row say what was asked for. */
  void take(DownloadRequested asked, List<LocationName> at, String by, String through) {
    model = asked.model().map(ModelName::value).orElse(model);
    payload = Json.text(asked);
    payloadSha256 = PayloadDigest.of(asked).value();
    expected = Math.max(1, at.size());
    locations = Json.text(at);
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

  /**
   * Those of these records that decide what becomes of the request. Every downloader says that it
   * was asked before it knows whether the model is for its location; the others then say no more.
   */
  List<DownloadProgressed> deciding(Collection<DownloadProgressed> said) {
    List<LocationName> at = Json.value(locations, LOCATIONS);
    return said.stream().filter(one -> at.isEmpty() || at.contains(one.location())).toList();
  }

  /** Whether it only asks what a download would do. */
  boolean isPlan() {
    return Json.value(payload, JsonNode.class).path("plan").asBoolean();
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
