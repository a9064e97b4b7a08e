package io.modeldepot.registry.notify.delivery;

import io.modeldepot.registry.notify.Attempt;
import io.modeldepot.registry.notify.News;
import io.modeldepot.registry.notify.Notification;
import io.modeldepot.registry.notify.Notifications;
import io.modeldepot.registry.notify.Receivers;
import io.modeldepot.registry.notify.Stops;
import io.modeldepot.registry.notify.delivery.DeliveryMetrics.Outcome;
import io.modeldepot.registry.notify.receiver.NewsKind;
import io.modeldepot.registry.notify.receiver.NotifySettings;
import io.modeldepot.registry.notify.receiver.Receiver;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One notification: sent, and what came of it written down. No transaction is held meanwhile. */
@ApplicationScoped
public class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class);
  private static final int LEASE_IN_TIMEOUTS = 4;

  private final Notifications notifications;
  private final Receivers receivers;
  private final Stops stops;
  private final Sender sender;
  private final NotifySettings settings;
  private final Backoff backoff;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;

  Deliveries(
      Notifications notifications,
      Receivers receivers,
      Stops stops,
      Sender sender,
      NotifySettings settings,
      DeliveryMetrics metrics,
      InstantSource clock) {
    this.notifications = notifications;
    this.receivers = receivers;
    this.stops = stops;
    this.sender = sender;
    this.settings = settings;
    this.backoff = new Backoff(settings.firstRetry(), settings.longestRetry());
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Sends what is due longest for a receiver.
   *
   * @return whether there was something, and the receiver took it
   */
  boolean next(String name) {
    Optional<Notification> due = notifications.claim(name, now(), lease());
    if (due.isEmpty()) {
      return false;
    }
    Notification news = due.get();
    Optional<Receiver> receiver = receivers.named(name);
    if (receiver.isEmpty()) {
      giveUp(news, unsent("There is no receiver of this name any more."));
      return true;
    }
    Optional<Stops.Stop> stop = stops.of(receiver.get());
    if (stop.isPresent()) {
      giveUp(news, unsent("The receiver is stopped: " + stop.get().why()));
      return true;
    }
    Attempt attempt = sender.send(receiver.get(), news);
    settle(receiver.get(), news, attempt);
    return attempt.isTaken();
  }

  /**
   * Sends a test now, once, to a stopped receiver too; if that takes it, it is told again.
   *
   * @return the id of what was sent, and what came of it
   */
  public Tested test(Receiver receiver) {
    Instant now = now();
    News news =
        new News(
            NewsKind.TEST,
            "test/" + receiver.name() + "/" + now.toEpochMilli() + "/" + System.nanoTime(),
            "site/notify/" + receiver.name(),
            "This is a test: the receiver " + receiver.name() + " is told what happens.",
            Map.of("receiver", receiver.name(), "on", receiver.on()),
            now);
    Notification sent = notifications.sending(receiver.name(), news, now, lease());
    Attempt attempt = sender.send(receiver, sent);
    if (attempt.isTaken()) {
      delivered(sent, attempt);
      if (stops.lift(receiver)) {
        LOG.infof("Receiver %s took a test; it is told again.", receiver.name());
      }
    } else {
      notifications.givenUp(sent, attempt, now());
      metrics.count(Outcome.FAILED);
    }
    return new Tested(sent.id(), attempt);
  }

  /** A test that was made. */
  public record Tested(String id, Attempt attempt) {}

  private void settle(Receiver receiver, Notification news, Attempt attempt) {
    if (attempt.isTaken()) {
      delivered(news, attempt);
      return;
    }
    if (attempt.isGone()) {
      stops.stop(receiver, attempt.words(), now());
      LOG.warnf("Receiver %s is gone (%s); it is told no more.", receiver.name(), attempt.words());
      notifications.givenUp(news, attempt, now());
      metrics.count(Outcome.STOPPED);
      return;
    }
    Duration wanted = backoff.after(news.id(), news.attempts());
    Duration pause =
        attempt
            .after()
            .filter(after -> after.compareTo(wanted) > 0)
            .filter(after -> after.compareTo(settings.longestRetry()) <= 0)
            .orElse(wanted);
    Instant next = now().plus(pause);
    if (next.isAfter(news.giveUpAt())) {
      giveUp(news, attempt);
    } else {
      notifications.postponed(news, attempt, now(), next);
      metrics.count(Outcome.FAILED);
    }
  }

  private void delivered(Notification news, Attempt attempt) {
    notifications.delivered(news, attempt, now());
    metrics.count(Outcome.DELIVERED);
  }

  private void giveUp(Notification news, Attempt attempt) {
    notifications.givenUp(news, attempt, now());
    metrics.count(Outcome.GIVEN_UP);
    LOG.warnf(
        "Receiver %s was not told of %s (%s) at attempt %d: %s",
        news.receiver(), news.kind().word(), news.id(), news.attempts(), attempt.words());
  }

  private Attempt unsent(String why) {
    return new Attempt(now(), Optional.empty(), 0, why, Optional.empty());
  }

  /** Longer than an attempt can take. */
  private Duration lease() {
    return settings.timeout().multipliedBy(LEASE_IN_TIMEOUTS);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
