package io.modeldepot.kit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.TestTopics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.testkit.broker.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateTopicReaderTest {
  private final KafkaConnection connection = TestTopics.connection();
  private final Announcer announcer =
      new Announcer(connection, TestTopics.IDENTITY, Clock.systemUTC());
  private final BlockingQueue<StateRecord<SiteDescribed>> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    announcer.close();
  }

  @Test
  void everythingThatWasThereIsHeardBeforeItIsCaughtUp() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 6);
    announceMany(topic, 3000);

    try (var reader = read(connection, topic, heard::add)) {
      reader.caughtUp().get(60, TimeUnit.SECONDS);

      assertThat(heard).hasSize(3000);
    }
  }

  @Test
  void anEmptyTopicIsCaughtUpWithAtOnce() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);

    try (var reader = read(connection, topic, heard::add)) {
      reader.caughtUp().get(60, TimeUnit.SECONDS);

      assertThat(reader.isCaughtUp()).isTrue();
    }
  }

  @Test
  void whatComesLaterIsHeardToo() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    try (var reader = read(connection, topic, heard::add)) {
      reader.caughtUp().get(60, TimeUnit.SECONDS);

      announcer.announce(topic, "k", site("k", 1));

      assertThat(next().value()).contains(site("k", 1));
    }
  }

  @Test
  void aForgottenKeyIsHeardAsOne() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    announcer.announce(Announcement.forgotten(topic, "quota/qwen"));

    try (var reader = read(connection, topic, heard::add)) {
      assertThat(next().value()).isEmpty();
    }
  }

  @Test
  void aTopicThatDoesNotExistYetIsWaitedFor() throws Exception {
    TopicSpec topic = TestTopics.unheardOf(1);
    try (var reader = read(connection, topic, heard::add)) {
      TestTopics.make(connection, topic);
      announcer.announce(topic, "k", site("k", 1));

      assertThat(next().key()).isEqualTo("k");
    }
  }

  @Test
  void aRecordThatCannotBeReadIsSkippedAndCounted() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    byte[] key = "k".getBytes(StandardCharsets.UTF_8);
    announcer.publishAsIs(new ProducerRecord<>(topic.name(), key, key));
    announcer.announce(topic, "good", site("good", 1));

    try (var reader = read(connection, topic, heard::add)) {
      assertThat(next().key()).isEqualTo("good");
      assertThat(reader.skipped()).isEqualTo(1);
    }
  }

  @Test
  void aListenerThatCannotNowIsAskedAgain() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    announcer.announce(topic, "k", site("k", 1));
    AtomicInteger calls = new AtomicInteger();

    try (var reader =
        read(
            connection,
            topic,
            record -> {
              if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("The database is away.");
              }
              heard.add(record);
            })) {
      assertThat(next().key()).isEqualTo("k");
      assertThat(reader.skipped()).isZero();
    }
  }

  @Test
  void readingGoesOnAfterTheBrokerWasRestarted() throws Exception {
    TestBroker own = TestBroker.own();
    KafkaConnection toIt = KafkaConnection.to(own.bootstrapServers());
    TopicSpec topic = TestTopics.made(toIt, 1);
    try (var reader = read(toIt, topic, heard::add);
        Announcer toOwn = new Announcer(toIt, TestTopics.IDENTITY, Clock.systemUTC())) {
      reader.caughtUp().get(60, TimeUnit.SECONDS);

      own.restart();
      toOwn.announce(topic, "after", site("after", 1));

      assertThat(next().key()).isEqualTo("after");
    } finally {
      own.stop();
    }
  }

  @Test
  void onceClosedTheListenerHearsNothing() throws Exception {
    TopicSpec topic = TestTopics.made(connection, 1);
    var reader = read(connection, topic, heard::add);
    reader.caughtUp().get(60, TimeUnit.SECONDS);

    reader.close();
    announcer.announce(topic, "k", site("k", 1)).get(60, TimeUnit.SECONDS);

    assertThat(heard).isEmpty();
  }

  private static StateTopicReader<SiteDescribed> read(
      KafkaConnection from, TopicSpec topic, StateListener<SiteDescribed> listener) {
    return StateTopicReader.start(from, topic, SiteDescribed.class, listener);
  }

  private StateRecord<SiteDescribed> next() throws InterruptedException {
    @Nullable StateRecord<SiteDescribed> next = heard.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing was heard.");
    }
    return next;
  }

  private void announceMany(TopicSpec topic, int count) throws Exception {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(announcer.announce(topic, "k" + i, site("k" + i, i)));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private static SiteDescribed site(String key, long generation) {
    return new SiteDescribed(key, Map.of("a", 1), generation);
  }
}
