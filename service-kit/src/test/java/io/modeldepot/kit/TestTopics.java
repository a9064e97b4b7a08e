package io.modeldepot.kit;

import io.modeldepot.events.topic.TopicKind;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.testkit.broker.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Topics for one test alone, at the shared broker. */
public final class TestTopics {
  /** Who speaks in the tests. */
  public static final ServiceIdentity IDENTITY = new ServiceIdentity("tester", "tester-1", "1.0");

  /** Long enough for a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestTopics() {}

  /** The shared broker. */
  public static KafkaConnection connection() {
    return KafkaConnection.to(TestBroker.shared().bootstrapServers());
  }

  /** A state topic of {@code site-described} records that nobody has seen before. */
  public static TopicSpec unheardOf(int partitions) {
    TopicSpec model = Topics.SITE_DESCRIBED;
    return new TopicSpec(
        "site-" + UUID.randomUUID(),
        TopicKind.STATE,
        model.key(),
        partitions,
        model.settings(),
        model.payload(),
        model.writers(),
        model.readers());
  }

  /** The same, made at this broker. */
  public static TopicSpec made(KafkaConnection connection, int partitions) {
    TopicSpec topic = unheardOf(partitions);
    make(connection, topic);
    return topic;
  }

  /** Makes these topics. */
  public static void make(KafkaConnection connection, TopicSpec... topics) {
    new TopicProvisioner(connection, List.of(topics)).provision(PATIENCE);
  }
}
