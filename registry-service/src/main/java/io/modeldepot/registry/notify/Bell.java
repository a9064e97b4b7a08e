package io.modeldepot.registry.notify;

import io.modeldepot.registry.notify.receiver.NotifySettings;
import io.modeldepot.registry.notify.receiver.Receiver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Writes down who is to be told. A receiver is told what happened after it was set, and nobody is
 * told what happened longer ago than an attempt is worth making: so a registry that reads all its
 * topics again rings no old bell.
 */
@ApplicationScoped
public class Bell {
  private final Receivers receivers;
  private final Notifications notifications;
  private final NotifySettings settings;
  private final InstantSource clock;
  private final Event<Rung> rung;

  Bell(
      Receivers receivers,
      Notifications notifications,
      NotifySettings settings,
      InstantSource clock,
      Event<Rung> rung) {
    this.receivers = receivers;
    this.notifications = notifications;
    this.settings = settings;
    this.clock = clock;
    this.rung = rung;
  }

  /** Something may be due, and its transaction is over. */
  public record Rung() {}

  /**
   * Makes a row for each receiver that wants it, in the caller's transaction. The same fact again
   * makes none.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void ring(News news) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (news.at().isBefore(now.minus(settings.giveUpAfter()))) {
      return;
    }
    for (Receiver receiver : receivers.all()) {
      if (receiver.wants(news.kind(), news.at())) {
        notifications.add(receiver.name(), news, now, now.plus(settings.giveUpAfter()));
        rung.fire(new Rung());
      }
    }
  }
}
