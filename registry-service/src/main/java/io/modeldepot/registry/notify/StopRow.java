package io.modeldepot.registry.notify;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The table {@code notification_stop}: a receiver that said that it is gone. */
@Entity
@Table(name = "notification_stop")
class StopRow extends PanacheEntityBase {
  @Id String receiver;
  long generation;
  String why;

  @Column(name = "stopped_at")
  Instant stoppedAt;

  /** For Hibernate, and for whoever fills it at once. */
  @SuppressWarnings("NullAway.Init")
  protected StopRow() {}
}
