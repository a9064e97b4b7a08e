package io.modeldepot.registry.notify;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.notify.receiver.NewsKind;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code notification}: a fact that a receiver is told, and what became of it. */
@Entity
@Table(name = "notification")
public class NotificationRow extends PanacheEntityBase {
  static final String WAITING = "waiting";
  static final String DELIVERED = "delivered";
  static final String GIVEN_UP = "given-up";
  static final String STATUS = "coalesce(status, 0)";
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  @Id String id;
  String receiver;
  String kind;
  String fact;
  String object;
  String say;

  @ColumnTransformer(write = "?::jsonb")
  String data;

  @Column(name = "happened_at")
  Instant happenedAt;

  String state;
  int attempts;

  @Column(name = "next_at")
  Instant nextAt;

  @Column(name = "claimed_until")
  @Nullable Instant claimedUntil;

  @Column(name = "give_up_at")
  Instant giveUpAt;

  @Nullable Integer status;
  @Nullable Long millis;
  @Nullable String said;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "seen_at")
  Instant seenAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected NotificationRow() {}

  /** News for a receiver that waits to be sent. */
  @SuppressWarnings("NullAway.Init")
  NotificationRow(String id, String receiver, News news, Instant now, Instant giveUpAt) {
    this.id = id;
    this.receiver = receiver;
    kind = news.kind().word();
    fact = news.fact();
    object = news.object();
    say = news.say();
    data = Json.text(news.data());
    happenedAt = news.at();
    state = WAITING;
    nextAt = now;
    this.giveUpAt = giveUpAt;
    createdAt = now;
    updatedAt = now;
    seenAt = now;
  }

  Map<String, Object> details() {
    return Json.value(data, OBJECT);
  }

  Notification notification() {
    return new Notification(
        id,
        receiver,
        NewsKind.of(kind).orElse(NewsKind.TEST),
        object,
        say,
        details(),
        happenedAt,
        attempts,
        giveUpAt);
  }

  /** The log has what came of an attempt; nobody holds the row any more. */
  void tried(Attempt attempt, Instant now) {
    status = attempt.status().orElse(null);
    millis = attempt.millis();
    said = attempt.said();
    claimedUntil = null;
    updatedAt = now;
  }

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "id" -> id;
      case "receiver" -> receiver;
      case "kind" -> kind;
      case "object" -> object;
      case "state" -> state;
      case "attempts" -> (long) attempts;
      case STATUS -> (long) Optional.ofNullable(status).orElse(0);
      case "createdAt" -> createdAt;
      case "updatedAt" -> updatedAt;
      default -> throw new IllegalArgumentException(property);
    };
  }
}
