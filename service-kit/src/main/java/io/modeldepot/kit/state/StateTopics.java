package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.connection.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * State topics that are read together, for ever, by one connection on one virtual thread, without a
 * group. A broker that is away, at start or later, is waited for; so is a topic that does not exist
 * yet, and the others are read meanwhile. A record that cannot be read is counted, logged and
 * skipped.
 *
 * <p>One listener that takes long holds all of them up: listeners that write to a database are
 * better off with a {@link StateTopicReader} each.
 */
public final class StateTopics implements StateSource, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StateTopics.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final KafkaConnection connection;
  private final List<StateTopicReader<?>> readers = new ArrayList<>();
  private final Closing closing = new Closing();
  private final AtomicReference<@Nullable KafkaConsumer<String, byte[]>> consumer =
      new AtomicReference<>();
  private @Nullable Thread thread;

  /** Reads nothing yet: {@link #read} says what, and {@link #start} begins. */
  public StateTopics(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * One more topic, or one more listener to the same one.
   *
   * @param listener is called on the thread that all of these topics share
   * @throws IllegalArgumentException if the topic carries another payload
   * @throws IllegalStateException if reading has begun
   */
  @Override
  public synchronized <T> StateTopicReader<T> read(
      TopicSpec topic, Class<T> payload, StateListener<T> listener) {
    if (thread != null) {
      throw new IllegalStateException("Reading has begun; " + topic.name() + " comes too late.");
    }
    if (!topic.payload().equals(payload)) {
      throw new IllegalArgumentException(
          topic.name() + " does not carry " + payload.getSimpleName());
    }
    StateTopicReader<T> reader =
        new StateTopicReader<>(this, topic, new StateDelivery<>(topic, payload, listener, closing));
    readers.add(reader);
    return reader;
  }

  /**
   * Begins to read.
   *
   * @throws IllegalStateException if it has begun before
   */
  public synchronized StateTopics start() {
    if (thread != null) {
      throw new IllegalStateException("Reading has begun already.");
    }
    thread = Thread.ofVirtual().name("state-of-" + names("+")).start(this::run);
    return this;
  }

  /** Whether each of them was read to the end that it had when reading began. */
  public synchronized boolean areCaughtUp() {
    return thread != null && readers.stream().allMatch(StateTopicReader::isCaughtUp);
  }

  /** Stops reading; no listener hears anything after this returns. */
  @Override
  public void close() {
    closing.begin();
    KafkaConsumer<?, ?> reading = consumer.get();
    if (reading != null) {
      reading.wakeup();
    }
    try {
      Thread begun = begun();
      if (begun != null) {
        begun.join(TO_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    readers.forEach(StateTopicReader::gaveUp);
  }

  private synchronized @Nullable Thread begun() {
    return thread;
  }

  private void run() {
    List<StateTopicReader<?>> all = List.copyOf(readers);
    while (!closing.begun()) {
      try {
        read(all);
      } catch (WakeupException e) {
        // close() does that.
      } catch (KafkaException e) {
        if (!closing.begun()) {
          LOG.warnf("Reading %s begins again: %s", names(", "), Objects.toString(e.getMessage()));
          closing.orAfter(BEFORE_NEXT_TRY);
        }
      }
    }
  }

  /** With one connection, until it is given up. */
  private void read(List<StateTopicReader<?>> all) {
    KafkaConsumer<String, byte[]> opened =
        new KafkaConsumer<>(
            connection.forFollowing(), new StringDeserializer(), new ByteArrayDeserializer());
    consumer.set(opened);
    try {
      // A new connection begins at the beginning.
      all.forEach(StateTopicReader::beginsAgain);
      new StatePass(opened, all, closing).readForEver();
    } finally {
      consumer.set(null);
      // There is no group to leave, and nothing to be heard of the broker's last answer.
      opened.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private String names(String between) {
    return readers.stream()
        .map(it -> it.topic().name())
        .distinct()
        .collect(Collectors.joining(between));
  }
}
