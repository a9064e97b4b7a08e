package io.modeldepot.registry.overview;

import io.modeldepot.events.terms.Remedy;
import io.modeldepot.registry.notify.Receivers;
import io.modeldepot.registry.notify.Stops;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Receivers that are told no more: nobody would learn it from them. */
@ApplicationScoped
class ReceiversStopped {
  private final Receivers receivers;
  private final Stops stops;

  ReceiversStopped(Receivers receivers, Stops stops) {
    this.receivers = receivers;
    this.stops = stops;
  }

  List<Status.Attention> now() {
    return receivers.all().stream()
        .flatMap(
            receiver ->
                stops.of(receiver).stream()
                    .map(
                        stop ->
                            new Status.Attention(
                                Overview.WARNING,
                                "receiver-stopped",
                                "The receiver %s is told no more: %s"
                                    .formatted(receiver.name(), stop.why()),
                                "site/notify/" + receiver.name(),
                                stop.at(),
                                List.of(Remedy.cli("See who is told", "notify list")))))
        .toList();
  }
}
