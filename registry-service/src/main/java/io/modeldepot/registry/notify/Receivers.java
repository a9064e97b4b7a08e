package io.modeldepot.registry.notify;

import io.modeldepot.registry.notify.receiver.Receiver;
import io.modeldepot.registry.notify.receiver.ReceiverShape;
import io.modeldepot.registry.site.SiteSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The receivers that are set now. */
@ApplicationScoped
public class Receivers {
  private final SiteSettings settings;

  Receivers(SiteSettings settings) {
    this.settings = settings;
  }

  /** All of them, by name. */
  public List<Receiver> all() {
    return settings.below(ReceiverShape.PREFIX).stream().map(Receivers::receiver).toList();
  }

  /** The one of that name. */
  public Optional<Receiver> named(String name) {
    return all().stream().filter(receiver -> receiver.name().equals(name)).findFirst();
  }

  private static Receiver receiver(SiteSettings.Standing standing) {
    return Receiver.of(
        standing.setting().key(),
        standing.setting().value(),
        standing.setting().generation(),
        standing.since());
  }
}
