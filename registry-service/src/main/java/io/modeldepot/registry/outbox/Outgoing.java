package io.modeldepot.registry.outbox;

import io.modeldepot.events.topic.TopicSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * A record that is to be published once the transaction is committed.
 *
 * @param topic where
 * @param key the record key
 * @param payload what; empty says "forgotten" on a state topic
 * @param eventId its {@code ce_id}
 * @param maxAge of a command, how long it may still be executed; absent where its topic says so
 */
public record Outgoing(
    TopicSpec topic,
    String key,
    Optional<Object> payload,
    String eventId,
    Optional<Duration> maxAge) {

  /** A record with a payload of the topic's class. */
  public static Outgoing of(TopicSpec topic, String key, Object payload, String eventId) {
    if (!topic.payload().isInstance(payload)) {
      throw new IllegalArgumentException(
          topic.name() + " does not carry " + payload.getClass().getSimpleName() + ".");
    }
    return new Outgoing(topic, key, Optional.of(payload), eventId, Optional.empty());
  }

  /** The same command, which may be executed for so long from now on, in whole seconds. */
  public Outgoing within(Duration left) {
    return new Outgoing(topic, key, payload, eventId, Optional.of(left));
  }

  /** Says that the thing of this key is forgotten. */
  public static Outgoing forgotten(TopicSpec topic, String key, String eventId) {
    return new Outgoing(topic, key, Optional.empty(), eventId, Optional.empty());
  }
}
