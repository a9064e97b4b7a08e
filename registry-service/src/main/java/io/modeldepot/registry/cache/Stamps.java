package io.modeldepot.registry.cache;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The current stamps, as of a look that is young enough: begun after the last reason for suspicion,
 * and no longer ago than {@code depot.cache.stalest}. Looked is only while somebody asks; a look
 * reads what has changed since the one before. Safe for threads.
 */
@ApplicationScoped
class Stamps {
  private static final Logger LOG = Logger.getLogger(Stamps.class);
  private static final Duration FOR_A_TURN = Duration.ofSeconds(1);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  /** What was the last one comes again: where it does not, this is another database's table. */
  private static final String SINCE =
      "select subject, number, stamp from change_stamp where number >= ? order by number";

  private final DataSource database;
  private final Suspicion suspicion;
  private final long lookNanos;
  private final long stalestNanos;
  private final Map<String, String> stamps = new ConcurrentHashMap<>();
  private final ReentrantLock looking = new ReentrantLock();
  private final AtomicBoolean lookingAhead = new AtomicBoolean();
  private volatile Look last;
  private volatile long pausedSince;

  Stamps(DataSource database, Suspicion suspicion, CacheSettings settings) {
    this.database = database;
    this.suspicion = suspicion;
    this.lookNanos = settings.look().toNanos();
    this.stalestNanos = settings.stalest().toNanos();
    this.last = new Look(System.nanoTime() - stalestNanos, -1, 0);
    this.pausedSince = System.nanoTime() - AFTER_A_FAILURE.toNanos();
  }

  /**
   * A look at the table.
   *
   * @param begunNanos before it was asked
   * @param reasons that there were then
   * @param number the highest that was seen
   */
  private record Look(long begunNanos, long reasons, long number) {}

  /**
   * The stamp, if it needs no look; never waits.
   *
   * @return empty where it needs one, or the subject has never been
   */
  Optional<String> atHand(Subject subject) {
    Look look = last;
    long age = System.nanoTime() - look.begunNanos();
    if (look.reasons() != suspicion.reasons() || age > stalestNanos) {
      return Optional.empty();
    }
    if (age > lookNanos) {
      lookAhead();
    }
    return Optional.ofNullable(stamps.get(subject.name()));
  }

  /**
   * The stamp, after a look if it needs one.
   *
   * @return empty where the subject has never been, or the database does not answer
   */
  Optional<String> current(Subject subject) {
    try {
      return isYoung() || lookInTurn()
          ? Optional.ofNullable(stamps.get(subject.name()))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private boolean isYoung() {
    Look look = last;
    return look.reasons() == suspicion.reasons()
        && System.nanoTime() - look.begunNanos() <= lookNanos;
  }

  /** One at a time; who waited for another's look may use it if it is young enough. */
  private boolean lookInTurn() throws InterruptedException {
    if (isPaused() || !looking.tryLock(FOR_A_TURN.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      return isYoung() || !isPaused() && look();
    } finally {
      looking.unlock();
    }
  }

  private boolean isPaused() {
    return System.nanoTime() - pausedSince < AFTER_A_FAILURE.toNanos();
  }

  private void lookAhead() {
    if (lookingAhead.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            try {
              boolean unused = lookInTurn();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } finally {
              lookingAhead.set(false);
            }
          });
    }
  }

  private boolean look() {
    Look before = last;
    long begun = System.nanoTime();
    long reasons = suspicion.reasons();
    try (Connection connection = database.getConnection();
        PreparedStatement since = connection.prepareStatement(SINCE)) {
      long number = read(since, before.number());
      if (number < 0) {
        stamps.clear();
        number = Math.max(0, read(since, 0));
      }
      last = new Look(begun, reasons, number);
      return true;
    } catch (SQLException e) {
      // Whoever asks meets the same outage and says so.
      LOG.debugf(e, "The stamps cannot be looked at.");
      pausedSince = System.nanoTime();
      return false;
    }
  }

  /** The highest number; −1 if there is nothing from that number on. */
  private long read(PreparedStatement since, long from) throws SQLException {
    long highest = -1;
    since.setLong(1, from);
    try (ResultSet rows = since.executeQuery()) {
      while (rows.next()) {
        stamps.put(rows.getString(1), rows.getString(3));
        highest = rows.getLong(2);
      }
    }
    return highest;
  }
}
