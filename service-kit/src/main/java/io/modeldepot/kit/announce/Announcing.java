package io.modeldepot.kit.announce;

import io.modeldepot.events.topic.TopicSpec;
import java.util.concurrent.CompletableFuture;

/** Where facts and states are told; see {@link Announcer}. */
@FunctionalInterface
public interface Announcing {
  /**
   * Publishes.
   *
   * @return completes when the broker has it
   */
  CompletableFuture<Acknowledged> announce(Announcement what);

  /** Publishes a payload under a key. */
  default CompletableFuture<Acknowledged> announce(TopicSpec topic, String key, Object payload) {
    return announce(Announcement.of(topic, key, payload));
  }
}
