package io.modeldepot.registry.notify.delivery;

import io.modeldepot.registry.notify.Bell;
import io.modeldepot.registry.notify.Notifications;
import io.modeldepot.registry.notify.receiver.NotifySettings;
import io.modeldepot.registry.problem.Outage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks for what is due, at once after a transaction of this instance that rang and every second
 * for those of others. Each receiver has a thread of its own while it has something due.
 */
@ApplicationScoped
class Courier {
  private static final Logger LOG = Logger.getLogger(Courier.class);
  private static final int LAST = 2200;
  private static final Duration CLEARED = Duration.ofHours(1);

  private final Notifications notifications;
  private final Deliveries deliveries;
  private final NotifySettings settings;
  private final InstantSource clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running;
  private Instant cleared = Instant.EPOCH;

  Courier(
      Notifications notifications,
      Deliveries deliveries,
      NotifySettings settings,
      InstantSource clock) {
    this.notifications = notifications;
    this.deliveries = deliveries;
    this.settings = settings;
    this.clock = clock;
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    running = true;
    Thread.ofVirtual().name("notifications").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent stopped) {
    running = false;
    work.release();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Bell.Rung rung) {
    work.release();
  }

  private void keepLooking() {
    try {
      while (running) {
        boolean unused = work.tryAcquire(settings.look().toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        if (running) {
          look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Instant now = clock.instant();
      for (String receiver : notifications.due(now)) {
        if (busy.add(receiver)) {
          Thread.ofVirtual().name("notify-" + receiver).start(() -> serve(receiver));
        }
      }
      if (now.isAfter(cleared.plus(CLEARED))) {
        long forgotten = notifications.forget(now.minus(settings.kept()));
        LOG.debugf("%d notifications are so old that they are forgotten.", forgotten);
        cleared = now;
      }
    } catch (RuntimeException e) {
      waits(e);
    }
  }

  /** One after the other, as long as it takes them; who does not is looked at again later. */
  private void serve(String receiver) {
    try {
      while (running && deliveries.next(receiver)) {
        // there may be more
      }
    } catch (RuntimeException e) {
      waits(e);
    } finally {
      busy.remove(receiver);
    }
  }

  private static void waits(RuntimeException e) {
    if (Outage.of(e)) {
      LOG.warn("Notifications wait for the database.");
    } else {
      LOG.error("Notifications could not be looked after this time.", e);
    }
  }
}
