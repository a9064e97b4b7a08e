package io.modeldepot.registry.notify.log;

import io.modeldepot.registry.notify.Stops;
import io.modeldepot.registry.notify.receiver.Receiver;
import io.modeldepot.registry.notify.receiver.ReceiverRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who is told, as REST shows it.
 *
 * @param on what is told
 * @param template how
 * @param to scheme, host and port of the address; absent where it cannot be used now
 * @param state {@code ready}; {@code stopped} where it said that it is gone; {@code unusable}
 * @param why it is not ready
 * @param since when it was set so
 */
public record ReceiverView(
    String name,
    List<String> on,
    String template,
    Optional<String> to,
    String state,
    Optional<String> why,
    Instant since) {

  static ReceiverView of(Receiver receiver, Optional<Stops.Stop> stop, ReceiverRules rules) {
    Optional<String> to = Optional.empty();
    Optional<String> why = stop.map(Stops.Stop::why);
    String state = stop.isPresent() ? "stopped" : "ready";
    try {
      to = Optional.of(rules.address(receiver).shown());
      var unused = rules.keys(receiver);
    } catch (ReceiverRules.Unusable e) {
      state = "unusable";
      why = Optional.ofNullable(e.getMessage());
    }
    return new ReceiverView(
        receiver.name(),
        receiver.on(),
        receiver.template().word(),
        to,
        state,
        why,
        receiver.since());
  }
}
