package io.modeldepot.registry.outbox;

import io.modeldepot.events.topic.TopicSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** What waits to go out. */
@ApplicationScoped
public class Outbox {

  /** Whether something waits under a key. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean holds(TopicSpec topic, String key) {
    return OutboxRow.count("topic = ?1 and key = ?2 and publishedAt is null", topic.name(), key)
        > 0;
  }

  /** Takes back what waits under a key: something better is on the topic already. */
  @Transactional(Transactional.TxType.MANDATORY)
  public long withdraw(TopicSpec topic, String key) {
    return OutboxRow.delete("topic = ?1 and key = ?2 and publishedAt is null", topic.name(), key);
  }
}
