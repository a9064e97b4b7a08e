package io.modeldepot.registry.outbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code outbox}: records that the relay has to publish, and those it has published. */
@Entity
@Table(name = "outbox")
public class OutboxRow extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long seq;

  String topic;
  @Nullable String key;
  byte @Nullable [] payload;

  @ColumnTransformer(write = "?::jsonb")
  String headers;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "published_at")
  @Nullable Instant publishedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected OutboxRow() {}

  OutboxRow(
      String topic,
      @Nullable String key,
      byte @Nullable [] payload,
      String headers,
      Instant createdAt) {
    this.topic = topic;
    this.key = key;
    this.payload = payload;
    this.headers = headers;
    this.createdAt = createdAt;
  }
}
