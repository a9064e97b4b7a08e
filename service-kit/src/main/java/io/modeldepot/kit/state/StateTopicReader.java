package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.connection.KafkaConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One listener to one state topic, and how far it has come. Alone it has a connection and a thread
 * of its own; several share them as {@link StateTopics}.
 *
 * @param <T> the payload
 */
public final class StateTopicReader<T> implements Following, AutoCloseable {
  private final StateTopics together;
  private final TopicSpec topic;
  private final StateDelivery<T> delivery;
  private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();
  private final AtomicLong behind = new AtomicLong();
  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();

  StateTopicReader(StateTopics together, TopicSpec topic, StateDelivery<T> delivery) {
    this.together = together;
    this.topic = topic;
    this.delivery = delivery;
  }

  /**
   * Begins to read a topic by itself.
   *
   * @throws IllegalArgumentException if the topic carries another payload
   */
  public static <T> StateTopicReader<T> start(
      KafkaConnection connection, TopicSpec topic, Class<T> payload, StateListener<T> listener) {
    StateTopics alone = new StateTopics(connection);
    StateTopicReader<T> reader = alone.read(topic, payload, listener);
    alone.start();
    return reader;
  }

  /** The topic that is read. */
  public TopicSpec topic() {
    return topic;
  }

  /**
   * Completes when everything was heard that was in the topic when reading began. Whoever decides
   * something waits for this. Fails only when the reader is closed before.
   */
  public CompletableFuture<@Nullable Void> caughtUp() {
    return caughtUp.copy();
  }

  /** True once {@link #caughtUp()} has completed. */
  @Override
  public boolean isCaughtUp() {
    return caughtUp.isDone() && !caughtUp.isCompletedExceptionally();
  }

  /**
   * Whether everything before these offsets was heard, by partition. Who is about to destroy
   * something asks the broker for its ends and waits for this: what was announced before is then
   * known.
   */
  public boolean hasReached(Map<Integer, Long> ends) {
    return isCaughtUp()
        && ends.entrySet().stream()
            .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** Records skipped so far, because they could not be read or the listener kept failing. */
  public long skipped() {
    return delivery.skipped();
  }

  /** Records that the topic is known to have and that the listener has not taken yet. */
  public long behind() {
    return behind.get();
  }

  /** Stops reading this topic, and all that it is read together with. */
  @Override
  public void close() {
    together.close();
  }

  void beginsAgain() {
    positions.clear();
  }

  void isBehind(long records) {
    behind.set(records);
  }

  void take(ConsumerRecord<String, byte[]> next) {
    delivery.deliver(next);
    behind.decrementAndGet();
  }

  void hasCome(int partition, long position) {
    positions.put(partition, position);
  }

  void hasCaughtUp() {
    caughtUp.complete(null);
  }

  void gaveUp() {
    caughtUp.completeExceptionally(new IllegalStateException("Closed before caught up."));
  }
}
