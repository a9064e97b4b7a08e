package io.modeldepot.janitor.announce;

import io.modeldepot.events.topic.TopicSpec;
import java.io.IOException;

/** Where facts are told. */
@FunctionalInterface
public interface Facts {
  /**
   * Tells a fact or a state, and returns when it is kept.
   *
   * @throws IOException if it is not; telling again is harmless
   */
  void tell(TopicSpec topic, String key, Object payload) throws IOException, InterruptedException;
}
