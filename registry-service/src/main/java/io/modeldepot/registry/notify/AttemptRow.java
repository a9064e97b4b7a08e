package io.modeldepot.registry.notify;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The table {@code notification_attempt}: each time something was tried to be sent. */
@Entity
@Table(name = "notification_attempt")
@IdClass(AttemptRow.Key.class)
class AttemptRow extends PanacheEntityBase {

  /** Which notification, and which attempt, from 1. */
  record Key(String notification, int number) {}

  @Id String notification;
  @Id int number;
  Instant at;
  @Nullable Integer status;
  long millis;
  String said;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected AttemptRow() {}

  AttemptRow(String notification, int number, Attempt attempt) {
    this.notification = notification;
    this.number = number;
    at = attempt.at();
    status = attempt.status().orElse(null);
    millis = attempt.millis();
    said = attempt.said();
  }
}
