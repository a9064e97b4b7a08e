package io.modeldepot.kit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.TestTopics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateTopicsTest {
  private final KafkaConnection connection = TestTopics.connection();
  private final Announcer announcer =
      new Announcer(connection, TestTopics.IDENTITY, Clock.systemUTC());
  private final BlockingQueue<String> first = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> second = new LinkedBlockingQueue<>();
  private final StateTopics topics = new StateTopics(connection);

  @AfterEach
  void close() {
    topics.close();
    announcer.close();
  }

  @Test
  void eachListenerHearsItsOwnTopicOverOneConnection() throws Exception {
    int before = consumers();
    TopicSpec one = TestTopics.made(connection, 1);
    TopicSpec other = TestTopics.made(connection, 3);
    announce(one, "a");
    announce(other, "b");
    StateTopicReader<?> ofOne = read(one, first);
    StateTopicReader<?> ofOther = read(other, second);

    topics.start();
    awaitAll(ofOne, ofOther);

    assertThat(first).containsExactly("a");
    assertThat(second).containsExactly("b");
    assertThat(topics.areCaughtUp()).isTrue();
    assertThat(consumers() - before).isEqualTo(1);
    announce(other, "c");
    assertThat(next(second, 2)).containsExactly("b", "c");
    assertThat(first).containsExactly("a");
  }

  @Test
  void twoListenersToOneTopicHearAllOfIt() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 2);
    announce(topic, "a");
    StateTopicReader<?> one = read(topic, first);
    StateTopicReader<?> other = read(topic, second);

    topics.start();
    awaitAll(one, other);

    assertThat(first).containsExactly("a");
    assertThat(second).containsExactly("a");
    assertThat(one.hasReached(Map.of())).isTrue();
    assertThat(other.hasReached(Map.of(0, 5L))).isFalse();
  }

  @Test
  void aTopicThatIsNotThereYetHoldsNoOtherUp() throws Exception {
    TopicSpec there = TestTopics.made(connection, 1);
    TopicSpec later = TestTopics.unheardOf(1);
    announce(there, "a");
    StateTopicReader<?> ofThere = read(there, first);
    StateTopicReader<?> ofLater = read(later, second);

    topics.start();
    awaitAll(ofThere);
    assertThat(topics.areCaughtUp()).isFalse();
    TestTopics.make(connection, later);
    announce(later, "b");
    awaitAll(ofLater);

    assertThat(next(second, 1)).containsExactly("b");
    announce(there, "c");
    assertThat(next(first, 2)).as("not from its beginning again").containsExactly("a", "c");
  }

  @Test
  void aListenerThatKeepsFailingLosesNothingForTheOthers() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    announce(topic, "a");
    int[] calls = {0};
    StateTopicReader<?> failing =
        topics.read(
            topic,
            SiteDescribed.class,
            record -> {
              if (++calls[0] < 4) {
                throw new IllegalStateException("Not now.");
              }
              first.add(record.key());
            });
    StateTopicReader<?> other = read(topic, second);

    topics.start();
    awaitAll(failing, other);

    assertThat(first).containsExactly("a");
    assertThat(second).containsExactly("a");
    assertThat(failing.skipped()).isZero();
  }

  @Test
  void onceClosedNobodyHearsAnythingAndWhoWaitsIsTold() throws Exception {
    TopicSpec there = TestTopics.made(connection, 1);
    StateTopicReader<?> ofThere = read(there, first);
    StateTopicReader<?> ofNever = read(TestTopics.unheardOf(1), second);
    topics.start();
    awaitAll(ofThere);

    topics.close();
    announce(there, "a");

    assertThat(first).isEmpty();
    assertThat(ofNever.caughtUp()).isCompletedExceptionally();
    assertThat(ofThere.isCaughtUp()).isTrue();
  }

  @Test
  void whatComesAfterTheBeginningIsRefused() {
    TopicSpec topic = TestTopics.unheardOf(1);
    assertThat(topics.areCaughtUp()).isFalse();
    topics.start();

    assertThatThrownBy(() -> read(topic, first))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(topic.name());
    assertThatThrownBy(topics::start).isInstanceOf(IllegalStateException.class);
  }

  private StateTopicReader<SiteDescribed> read(TopicSpec topic, BlockingQueue<String> keys) {
    return topics.read(topic, SiteDescribed.class, record -> keys.add(record.key()));
  }

  private void announce(TopicSpec topic, String key) throws Exception {
    announcer
        .announce(topic, key, new SiteDescribed(key, Map.of("a", 1), 1))
        .get(60, TimeUnit.SECONDS);
  }

  private static void awaitAll(StateTopicReader<?>... readers) throws Exception {
    for (StateTopicReader<?> reader : readers) {
      reader.caughtUp().get(60, TimeUnit.SECONDS);
    }
  }

  private static List<String> next(BlockingQueue<String> heard, int count) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (heard.size() < count && System.nanoTime() < until) {
      Thread.sleep(10);
    }
    return List.copyOf(heard);
  }

  /** Consumers that this process has open, as Kafka's client counts them. */
  private static int consumers() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("kafka.consumer:type=app-info,id=*"), null)
        .size();
  }
}
