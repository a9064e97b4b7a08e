package io.modeldepot.registry.notify;

import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows, and how they change. Who sends takes one for a while; what it does not finish in that
 * time another takes, so a notification may be sent twice under the same id and is never lost.
 */
@ApplicationScoped
public class Notifications {
  private final EntityManager database;

  Notifications(EntityManager database) {
    this.database = database;
  }

  /** News for a receiver; a fact that it is told already is only seen again. */
  @Transactional(Transactional.TxType.MANDATORY)
  void add(String receiver, News news, Instant now, Instant giveUpAt) {
    database
        .createNativeQuery(
            """
            insert into notification (id, receiver, kind, fact, object, say, data, happened_at, state, attempts,
                                      next_at, give_up_at, created_at, updated_at, seen_at)
            values (?1, ?2, ?3, ?4, ?5, ?6, cast(?7 as jsonb), ?8, ?9, 0, ?10, ?11, ?10, ?10, ?10)
            on conflict (receiver, fact) do update set seen_at = excluded.seen_at
            """)
        .setParameter(1, Ids.notification())
        .setParameter(2, receiver)
        .setParameter(3, news.kind().word())
        .setParameter(4, news.fact())
        .setParameter(5, news.object())
        .setParameter(6, news.say())
        .setParameter(7, Json.text(news.data()))
        .setParameter(8, news.at())
        .setParameter(9, NotificationRow.WAITING)
        .setParameter(10, now)
        .setParameter(11, giveUpAt)
        .executeUpdate();
  }

  /** News that is sent by hand, at once; nobody else takes it. */
  @Transactional
  public Notification sending(String receiver, News news, Instant now, Duration longest) {
    NotificationRow row =
        new NotificationRow(Ids.notification(), receiver, news, now, now.plus(longest));
    row.attempts = 1;
    row.claimedUntil = now.plus(longest);
    row.persist();
    return row.notification();
  }

  /** The receivers for which something is due. */
  @Transactional
  @SuppressWarnings("unchecked")
  public List<String> due(Instant now) {
    return database
        .createNativeQuery(
            """
            select distinct receiver from notification
            where state = ?1 and next_at <= ?2 and (claimed_until is null or claimed_until < ?2)
            """)
        .setParameter(1, NotificationRow.WAITING)
        .setParameter(2, now)
        .getResultList();
  }

  /** Takes what is due longest for a receiver, if nobody else has it. */
  @Transactional
  public Optional<Notification> claim(String receiver, Instant now, Duration lease) {
    List<?> found =
        database
            .createNativeQuery(
                """
                select id from notification
                where receiver = ?1 and state = ?2 and next_at <= ?3
                  and (claimed_until is null or claimed_until < ?3)
                order by next_at, id limit 1 for update skip locked
                """)
            .setParameter(1, receiver)
            .setParameter(2, NotificationRow.WAITING)
            .setParameter(3, now)
            .getResultList();
    return found.stream()
        .findFirst()
        .map(id -> NotificationRow.<NotificationRow>findById(id))
        .map(
            row -> {
              row.attempts++;
              row.claimedUntil = now.plus(lease);
              return row.notification();
            });
  }

  /** It was taken by the receiver. */
  @Transactional
  public void delivered(Notification sent, Attempt attempt, Instant now) {
    ended(sent, attempt, NotificationRow.DELIVERED, now);
  }

  /** It is not tried again. */
  @Transactional
  public void givenUp(Notification sent, Attempt attempt, Instant now) {
    ended(sent, attempt, NotificationRow.GIVEN_UP, now);
  }

  /** It is tried again then. */
  @Transactional
  public void postponed(Notification sent, Attempt attempt, Instant now, Instant next) {
    tried(sent, attempt, now).ifPresent(row -> row.nextAt = next);
  }

  /** It is tried again now, and for as long as something new would be. Empty: there is none. */
  @Transactional
  public Optional<NotificationView> again(String id, Instant now, Instant giveUpAt) {
    Optional<NotificationRow> row =
        NotificationRow.findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    row.ifPresent(
        it -> {
          it.state = NotificationRow.WAITING;
          it.nextAt = now;
          it.giveUpAt = giveUpAt;
          it.updatedAt = now;
        });
    return row.map(this::view);
  }

  /** One, with all attempts. */
  @Transactional
  public Optional<NotificationView> find(String id) {
    return NotificationRow.<NotificationRow>findByIdOptional(id).map(this::view);
  }

  /** Drops what was neither changed nor seen since then. */
  @Transactional
  public long forget(Instant before) {
    return NotificationRow.delete(
        "seenAt < ?1 and updatedAt < ?1 and state <> ?2", before, NotificationRow.WAITING);
  }

  private NotificationView view(NotificationRow row) {
    return NotificationView.of(
        row, AttemptRow.<AttemptRow>list("notification = ?1 order by number", row.id));
  }

  private static void ended(Notification sent, Attempt attempt, String state, Instant now) {
    tried(sent, attempt, now).ifPresent(row -> row.state = state);
  }

  private static Optional<NotificationRow> tried(Notification sent, Attempt attempt, Instant now) {
    Optional<NotificationRow> row =
        NotificationRow.findByIdOptional(sent.id(), LockModeType.PESSIMISTIC_WRITE);
    row.ifPresent(
        it -> {
          it.tried(attempt, now);
          if (AttemptRow.findById(new AttemptRow.Key(sent.id(), sent.attempts())) == null) {
            new AttemptRow(sent.id(), sent.attempts(), attempt).persist();
          }
        });
    return row;
  }
}
