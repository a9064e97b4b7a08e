package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.connection.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one state topic for ever, on a virtual thread, without a group. A broker that is away, at
 * start or later, is waited for. A record that cannot be read is counted, logged and skipped.
 *
 * @param <T> the payload
 */
public final class StateTopicReader<T> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StateTopicReader.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final KafkaConnection connection;
  private final TopicSpec topic;
  private final StateDelivery<T> delivery;
  private final CompletableFuture<@Nullable Void> caughtUp = new CompletableFuture<>();
  private final Closing closing = new Closing();
  private final AtomicLong behind = new AtomicLong();
  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable KafkaConsumer<String, byte[]>> consumer =
      new AtomicReference<>();
  private final Thread thread;

  private StateTopicReader(
      KafkaConnection connection, TopicSpec topic, Class<T> payload, StateListener<T> listener) {
    this.connection = connection;
    this.topic = topic;
    this.delivery = new StateDelivery<>(topic, payload, listener, closing);
    this.thread = Thread.ofVirtual().name("state-of-" + topic.name()).unstarted(this::run);
  }

  /**
   * Begins to read.
   *
   * @throws IllegalArgumentException if the topic carries another payload
   */
  public static <T> StateTopicReader<T> start(
      KafkaConnection connection, TopicSpec topic, Class<T> payload, StateListener<T> listener) {
    if (!topic.payload().equals(payload)) {
      throw new IllegalArgumentException(
          topic.name() + " does not carry " + payload.getSimpleName());
    }
    StateTopicReader<T> reader = new StateTopicReader<>(connection, topic, payload, listener);
    reader.thread.start();
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

  /** Stops reading; the listener hears nothing after this returns. */
  @Override
  public void close() {
    closing.begin();
    KafkaConsumer<?, ?> reading = consumer.get();
    if (reading != null) {
      reading.wakeup();
    }
    try {
      thread.join(TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    caughtUp.completeExceptionally(new IllegalStateException("Closed before caught up."));
  }

  private void run() {
    while (!closing.begun()) {
      try (KafkaConsumer<String, byte[]> opened =
          new KafkaConsumer<>(
              connection.forReading(), new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer.set(opened);
        // A new connection begins at the beginning.
        positions.clear();
        new StatePass<>(opened, topic, delivery, caughtUp, closing, behind, positions)
            .readForEver();
      } catch (WakeupException e) {
        // close() does that.
      } catch (KafkaException e) {
        if (!closing.begun()) {
          LOG.warnf("Reading %s begins again: %s", topic.name(), Objects.toString(e.getMessage()));
          closing.orAfter(BEFORE_NEXT_TRY);
        }
      } finally {
        consumer.set(null);
      }
    }
  }
}
