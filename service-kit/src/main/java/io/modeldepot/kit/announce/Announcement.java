package io.modeldepot.kit.announce;

import io.modeldepot.events.topic.TopicSpec;
import java.util.Optional;
import java.util.UUID;

/**
 * A record to be published.
 *
 * @param topic where
 * @param key the record's key; only some commands have none
 * @param payload the payload of the topic; absent in a state topic means "forgotten"
 * @param id the value of {@code ce_id}
 * @param traceparent the trace it belongs to
 */
public record Announcement(
    TopicSpec topic,
    Optional<String> key,
    Optional<Object> payload,
    String id,
    Optional<String> traceparent) {

  /** Refuses a payload that the topic does not carry. */
  public Announcement {
    payload.ifPresent(
        value -> {
          if (!topic.payload().isInstance(value)) {
            throw new IllegalArgumentException(
                "%s does not carry %s".formatted(topic.name(), value.getClass().getSimpleName()));
          }
        });
  }

  /** A record with an id of its own. */
  public static Announcement of(TopicSpec topic, String key, Object payload) {
    return new Announcement(
        topic, Optional.of(key), Optional.of(payload), newId(), Optional.empty());
  }

  /** A record without a key. */
  public static Announcement unkeyed(TopicSpec topic, Object payload) {
    return new Announcement(
        topic, Optional.empty(), Optional.of(payload), newId(), Optional.empty());
  }

  /** Says that what had this key is no more. */
  public static Announcement forgotten(TopicSpec topic, String key) {
    return new Announcement(topic, Optional.of(key), Optional.empty(), newId(), Optional.empty());
  }

  /** The same under this id, so that a repetition can be recognised. */
  public Announcement withId(String chosen) {
    return new Announcement(topic, key, payload, chosen, traceparent);
  }

  /** The same as part of a trace; an absent one changes nothing. */
  public Announcement withTraceparent(Optional<String> parent) {
    return new Announcement(topic, key, payload, id, parent.or(() -> traceparent));
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }
}
