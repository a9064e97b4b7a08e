package io.modeldepot.registry.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How much waits to be published: a number for the overview and for alerts. */
@ApplicationScoped
public class OutboxBacklog {
  private final EntityManager database;
  private final InstantSource clock;

  OutboxBacklog(EntityManager database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What waits.
   *
   * @param pending records
   * @param oldestSeconds age of the oldest, 0 when nothing waits
   */
  public record Waiting(long pending, long oldestSeconds) {}

  /** What waits now. */
  @Transactional
  public Waiting waiting() {
    Object[] found =
        database
            .createQuery(
                "select count(o), min(o.createdAt) from OutboxRow o where o.publishedAt is null",
                Object[].class)
            .getSingleResult();
    long age =
        found[1] instanceof Instant oldest
            ? Math.max(0, Duration.between(oldest, clock.instant()).toSeconds())
            : 0;
    return new Waiting((Long) found[0], age);
  }
}
