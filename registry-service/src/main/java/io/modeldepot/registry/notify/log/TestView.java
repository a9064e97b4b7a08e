package io.modeldepot.registry.notify.log;

import io.modeldepot.registry.notify.Attempt;
import io.modeldepot.registry.notify.delivery.Deliveries;
import java.util.Optional;

/**
 * What came of a test.
 *
 * @param id as the receiver got it in {@code webhook-id}, and of its line in the log
 * @param delivered whether it took it
 * @param status of HTTP; absent where nothing was answered
 * @param millis how long it took
 * @param said the answer's first words, or why there was none
 */
public record TestView(
    String receiver,
    String id,
    boolean delivered,
    Optional<Integer> status,
    long millis,
    Optional<String> said) {

  static TestView of(String receiver, Deliveries.Tested tested) {
    Attempt attempt = tested.attempt();
    return new TestView(
        receiver,
        tested.id(),
        attempt.isTaken(),
        attempt.status(),
        attempt.millis(),
        Optional.of(attempt.said()).filter(said -> !said.isEmpty()));
  }
}
