package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;

/** Where state topics are heard; see {@link StateTopics}. */
public interface StateSource {
  /** One more topic, or one more listener to the same one. */
  <T> Following read(TopicSpec topic, Class<T> payload, StateListener<T> listener);
}
