package io.modeldepot.registry.notify;

import io.modeldepot.registry.notify.receiver.Receiver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/**
 * Receivers that said that they are gone. Nothing is sent to them until the setting is another one,
 * or a test arrives.
 */
@ApplicationScoped
public class Stops {

  /** Since when nothing is sent, and why. */
  public record Stop(Instant at, String why) {}

  /** Whether, since when and why nothing is sent. */
  @Transactional
  public Optional<Stop> of(Receiver receiver) {
    return StopRow.<StopRow>findByIdOptional(receiver.name())
        .filter(row -> row.generation == receiver.generation())
        .map(row -> new Stop(row.stoppedAt, row.why));
  }

  /** Sends nothing any more. */
  @Transactional
  public void stop(Receiver receiver, String why, Instant at) {
    StopRow row = StopRow.<StopRow>findByIdOptional(receiver.name()).orElseGet(StopRow::new);
    row.receiver = receiver.name();
    row.generation = receiver.generation();
    row.why = why;
    row.stoppedAt = at;
    row.persist();
  }

  /** Sends again. Returns whether nothing was sent before. */
  @Transactional
  public boolean lift(Receiver receiver) {
    return StopRow.deleteById(receiver.name());
  }
}
