package io.modeldepot.registry.live;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows every topic from now on and keeps the newest records, so that any number of clients cost
 * one reader. Positions are counted in this log's own numbers; a client asks for what is after its
 * number and waits.
 */
@ApplicationScoped
class EventLog {
  private static final Logger LOG = Logger.getLogger(EventLog.class);
  private static final int START = 1500;
  private static final int MOST_RECORDS = 2000;
  private static final int MOST_CHARACTERS = 8 * 1024 * 1024;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

  private final KafkaConnection broker;
  private final ArrayDeque<LiveEvent> newest = new ArrayDeque<>();
  private long characters;
  private long passed; // records that left the front of the deque
  private Vector oldestKept = new Vector(Map.of());
  private Vector end = new Vector(Map.of());
  private boolean following;
  private volatile boolean running = true;
  private volatile @Nullable KafkaConsumer<String, byte[]> reading;

  EventLog(KafkaConnection broker) {
    this.broker = broker;
  }

  /**
   * A part of the log.
   *
   * @param events in the order in which they were read
   * @param next the number to go on with
   */
  record Part(List<LiveEvent> events, long next) {}

  /**
   * Where the log is.
   *
   * @param number of the next record to come
   * @param from the place of the oldest record that is kept
   * @param to the place after the newest
   */
  record State(long number, Vector from, Vector to) {}

  void start(@Observes @Priority(START) StartupEvent started) {
    Thread.ofVirtual().name("live-events").start(this::run);
  }

  synchronized void stop(@Observes ShutdownEvent stopped) {
    running = false;
    KafkaConsumer<String, byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    notifyAll();
  }

  boolean isRunning() {
    return running;
  }

  /** Where the log is now, once it follows; waits that long for the broker. */
  synchronized State state(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!following && running && deadline > System.nanoTime()) {
      wait(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
    }
    return new State(passed + newest.size(), oldestKept, end);
  }

  synchronized boolean isFollowing() {
    return following;
  }

  /** Everything that is kept, with its first number. */
  synchronized Part kept() {
    return new Part(List.copyOf(newest), passed + newest.size());
  }

  /**
   * What came from a number on; waits for something, but no longer than given. Empty if nothing
   * came. A caller that is so slow that its number is no longer kept gets null: it has to come back
   * with its cursor.
   */
  synchronized @Nullable Part after(long number, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (running && number == passed + newest.size() && deadline > System.nanoTime()) {
      wait(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
    }
    if (number < passed) {
      return null;
    }
    return new Part(newest.stream().skip(number - passed).toList(), passed + newest.size());
  }

  /** Reads records between two places from the broker: what the log no longer keeps. */
  void between(Vector from, Vector to, Consumer<LiveEvent> each) {
    try (KafkaConsumer<String, byte[]> consumer = open()) {
      List<TopicPartition> behind =
          to.next().keySet().stream()
              .filter(partition -> from.at(partition) < to.at(partition))
              .toList();
      consumer.assign(behind);
      behind.forEach(partition -> consumer.seek(partition, from.at(partition)));
      List<TopicPartition> left = new ArrayList<>(behind);
      while (running && !left.isEmpty()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          LiveEvent event = LiveEvent.of(record);
          if (record.offset() < to.at(event.partition())) {
            each.accept(event);
          }
        }
        left.removeIf(partition -> consumer.position(partition) >= to.at(partition));
        consumer.pause(behind.stream().filter(partition -> !left.contains(partition)).toList());
      }
    }
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<String, byte[]> consumer = open()) {
        reading = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        // stop() does that
      } catch (KafkaException e) {
        LOG.warnf("Following the topics begins again: %s", e.getMessage());
        pause();
      } finally {
        reading = null;
      }
    }
  }

  private void follow(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    Topics.ALL.forEach(
        topic -> {
          for (int number = 0; number < topic.partitions(); number++) {
            partitions.add(new TopicPartition(topic.name(), number));
          }
        });
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    begin(consumer, partitions, new Vector(ends));
    while (running) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        add(LiveEvent.of(record));
      }
    }
  }

  /** The first time from now on; after a lost connection from where the log ended. */
  private synchronized void begin(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Vector now) {
    if (!following) {
      oldestKept = now;
      end = now;
      following = true;
      notifyAll();
    }
    Map<TopicPartition, Long> places = new HashMap<>();
    // A broker that was rebuilt has less than the log remembers.
    partitions.forEach(
        partition -> places.put(partition, Math.min(end.at(partition), now.at(partition))));
    end = new Vector(places);
    places.forEach(consumer::seek);
  }

  private synchronized void add(LiveEvent event) {
    newest.addLast(event);
    characters += event.data().length();
    end = end.after(event.partition(), event.offset());
    while (newest.size() > MOST_RECORDS || characters > MOST_CHARACTERS) {
      LiveEvent oldest = newest.removeFirst();
      characters -= oldest.data().length();
      oldestKept = oldestKept.after(oldest.partition(), oldest.offset());
      passed++;
    }
    notifyAll();
  }

  private KafkaConsumer<String, byte[]> open() {
    return new KafkaConsumer<>(
        broker.forReading(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  private static void pause() {
    try {
      Thread.sleep(BEFORE_NEXT_TRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
