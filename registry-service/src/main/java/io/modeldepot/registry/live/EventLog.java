package io.modeldepot.registry.live;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.registry.cache.Suspicion;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows every topic from now on and keeps the newest records, so that any number of clients cost
 * one reader. Positions are counted in this log's own numbers; a client asks for what is after its
 * number, and is handed what comes once it has all. A topic that was made again begins at its
 * beginning: then the log begins again too, and every client has to come back with its cursor.
 */
@ApplicationScoped
class EventLog {
  private static final Logger LOG = Logger.getLogger(EventLog.class);
  private static final int START = 1500;
  private static final int MOST_RECORDS = 2000;
  private static final int MOST_CHARACTERS = 8 * 1024 * 1024;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final int MOST_CATCHING_UP = 4;
  private static final Duration FOR_A_TURN = Duration.ofSeconds(10);
  private static final Duration LONGEST_CATCHING_UP = Duration.ofMinutes(2);

  private final KafkaConnection broker;
  private final Suspicion suspicion;
  private final Semaphore turns = new Semaphore(MOST_CATCHING_UP, true);
  private final ArrayDeque<Placed> newest = new ArrayDeque<>();
  private final Set<Follower> followers = new LinkedHashSet<>();
  private long characters;
  private long passed; // records that left the front of the deque
  private Vector oldestKept = new Vector(Map.of());
  private Vector end = new Vector(Map.of());
  private boolean following;
  private long epoch; // how often it began again
  private volatile boolean running = true;
  private volatile @Nullable KafkaConsumer<String, byte[]> reading;

  EventLog(KafkaConnection broker, Suspicion suspicion) {
    this.broker = broker;
    this.suspicion = suspicion;
  }

  /**
   * A part of the log.
   *
   * @param events in the order in which they were read
   * @param next the number to go on with
   */
  record Part(List<Placed> events, long next) {}

  /**
   * Where the log is.
   *
   * @param number of the next record to come
   * @param to the place after the newest
   * @param epoch numbers and places of one epoch alone can be compared
   */
  record State(long number, Vector to, long epoch) {}

  /**
   * All that is kept, as of one moment.
   *
   * @param events in the order in which they were read
   * @param from the place of the oldest of them
   * @param next the number to go on with
   * @param epoch see {@link State}
   */
  record Kept(List<Placed> events, Vector from, long next, long epoch) {}

  /** A client at the end of the log. What it does here is done on the log's own thread. */
  interface Follower {
    /**
     * One more record; must not wait, and must not throw.
     *
     * @param next the number to go on with after it
     */
    void heard(Placed placed, long next);

    /** There will be no more: the log begins again, or ends. */
    void over();
  }

  /** Takes events; may refuse. */
  @FunctionalInterface
  interface Hand<E extends Exception> {
    void take(LiveEvent event) throws E;
  }

  void start(@Observes @Priority(START) StartupEvent started) {
    Thread.ofVirtual().name("live-events").start(this::run);
  }

  synchronized void stop(@Observes ShutdownEvent stopped) {
    running = false;
    KafkaConsumer<String, byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    dismissAll();
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
    return new State(passed + newest.size(), end, epoch);
  }

  synchronized boolean isFollowing() {
    return following;
  }

  /** Everything that is kept, and where it begins. */
  synchronized Kept kept() {
    return new Kept(List.copyOf(newest), oldestKept, passed + newest.size(), epoch);
  }

  /**
   * Hands a client everything that comes from now on, until it leaves or all is over.
   *
   * @param number where it is
   * @return whether that is the end of the log; else it has to take first what is there
   */
  synchronized boolean join(long number, Follower follower) {
    return running && number == passed + newest.size() && followers.add(follower);
  }

  /** From now on the client is handed nothing. */
  synchronized void leave(Follower follower) {
    followers.remove(follower);
  }

  private void dismissAll() {
    followers.forEach(Follower::over);
    followers.clear();
  }

  /**
   * What came from a number on. Empty if nothing came. A caller that is so slow that its number is
   * no longer kept, or whose log has begun again, gets null: it has to come back with its cursor.
   */
  synchronized @Nullable Part after(long number) {
    if (number < passed) {
      return null;
    }
    return new Part(newest((int) (passed + newest.size() - number)), passed + newest.size());
  }

  /** The last so many, in order; whoever keeps up costs no walk over all that is kept. */
  private List<Placed> newest(int count) {
    List<Placed> last = new ArrayList<>(count);
    Iterator<Placed> backwards = newest.descendingIterator();
    while (last.size() < count) {
      last.add(backwards.next());
    }
    return last.reversed();
  }

  /**
   * The place of a client that comes back. A cursor that is ahead of this log is from another
   * instance, which has read more already, and then it begins a little earlier; or from before a
   * topic was made again, and then all that is in the topic is new.
   */
  Vector resume(Vector cursor, State now) {
    List<TopicPartition> ahead =
        now.to().next().keySet().stream()
            .filter(partition -> cursor.at(partition) > now.to().at(partition))
            .toList();
    Vector place = cursor.min(now.to());
    if (ahead.isEmpty()) {
      return place;
    }
    takeTurn();
    try (KafkaConsumer<String, byte[]> consumer = open()) {
      Vector ends = new Vector(consumer.endOffsets(ahead));
      return place.without(
          ahead.stream()
              .filter(partition -> cursor.at(partition) > ends.at(partition))
              .collect(Collectors.toSet()));
    } finally {
      turns.release();
    }
  }

  /**
   * Hands over everything from a place on that is there now: first what the log no longer keeps,
   * from the broker, as often as more of it has gone meanwhile; then what it keeps. A few clients
   * at a time read from the broker.
   *
   * @param wanted the topics that matter
   * @param goesOn asked now and then
   * @return the number to go on with; empty if the log has begun again, or nobody wants to go on
   */
  <E extends Exception> OptionalLong catchUp(
      Vector place,
      State since,
      Predicate<TopicPartition> wanted,
      BooleanSupplier goesOn,
      Hand<E> each)
      throws E {
    Vector from = place;
    while (true) {
      Kept kept = kept();
      if (kept.epoch() != since.epoch()) {
        return OptionalLong.empty();
      }
      Vector reached = from;
      List<TopicPartition> behind =
          kept.from().next().keySet().stream()
              .filter(wanted)
              .filter(partition -> reached.at(partition) < kept.from().at(partition))
              .toList();
      if (behind.isEmpty()) {
        for (Placed placed : kept.events()) {
          if (placed.event().offset() >= from.at(placed.event().partition())) {
            each.take(placed.event());
          }
        }
        return OptionalLong.of(kept.next());
      }
      takeTurn();
      try {
        between(behind, from, kept.from(), goesOn, each);
      } finally {
        turns.release();
      }
      if (!running || !goesOn.getAsBoolean()) {
        return OptionalLong.empty(); // not all of it was read
      }
      from = from.max(kept.from());
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(FOR_A_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException("Others are catching up.");
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * Reads records between two places from the broker, as far as the topics go now.
   *
   * @throws TimeoutException after two minutes; what was handed over until then need not come again
   */
  <E extends Exception> void between(
      List<TopicPartition> partitions, Vector from, Vector to, BooleanSupplier goesOn, Hand<E> each)
      throws E {
    try (KafkaConsumer<String, byte[]> consumer = open()) {
      // The broker may have less than the log remembers, if it was rebuilt a moment ago.
      Vector goal = to.min(new Vector(consumer.endOffsets(partitions)));
      consumer.assign(partitions);
      partitions.forEach(partition -> consumer.seek(partition, from.at(partition)));
      List<TopicPartition> left = new ArrayList<>(partitions);
      left.removeIf(partition -> from.at(partition) >= goal.at(partition));
      consumer.pause(partitions.stream().filter(Predicate.not(left::contains)).toList());
      long deadline = System.nanoTime() + LONGEST_CATCHING_UP.toNanos();
      while (running && !left.isEmpty() && goesOn.getAsBoolean()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          LiveEvent event = LiveEvent.of(record);
          if (record.offset() < goal.at(event.partition())) {
            each.take(event);
          }
          requireBefore(deadline);
        }
        requireBefore(deadline);
        left.removeIf(partition -> consumer.position(partition) >= goal.at(partition));
        consumer.pause(partitions.stream().filter(Predicate.not(left::contains)).toList());
      }
    }
  }

  private static void requireBefore(long deadline) {
    if (System.nanoTime() > deadline) {
      throw new TimeoutException("Catching up takes too long.");
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
    // A broker that was rebuilt has less than the log remembers.
    if (partitions.stream().anyMatch(partition -> now.at(partition) < end.at(partition))) {
      beginAgain(end.min(now));
    }
    partitions.forEach(partition -> consumer.seek(partition, end.at(partition)));
  }

  synchronized void add(LiveEvent event) {
    if (event.offset() < end.at(event.partition())) {
      beginAgain(end.before(event.partition(), event.offset()));
    }
    characters += event.data().length();
    end = end.after(event.partition(), event.offset());
    Placed placed = new Placed(event, end);
    newest.addLast(placed);
    suspicion.raise(); // before any client hears of it
    while (newest.size() > MOST_RECORDS || characters > MOST_CHARACTERS) {
      LiveEvent oldest = newest.removeFirst().event();
      characters -= oldest.data().length();
      oldestKept = oldestKept.after(oldest.partition(), oldest.offset());
      passed++;
    }
    long next = passed + newest.size();
    followers.forEach(follower -> follower.heard(placed, next));
  }

  /** Nothing that anybody knows of this log holds any longer, no number and no place. */
  private void beginAgain(Vector at) {
    LOG.info("A topic was made again; the live events begin again.");
    passed += newest.size() + 1L;
    newest.clear();
    characters = 0;
    oldestKept = at;
    end = at;
    epoch++;
    dismissAll();
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
