package io.modeldepot.kit.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.TestTopics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.topic.TopicReport.Difference;
import io.modeldepot.testkit.broker.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TopicProvisionerTest {
  private final KafkaConnection connection = TestTopics.connection();

  @Test
  void missingTopicsAreMade() {
    TestBroker empty = TestBroker.own();

    TopicReport report = provision(KafkaConnection.to(empty.bootstrapServers()), Topics.ALL);

    assertThat(report.created())
        .containsExactlyInAnyOrderElementsOf(Topics.ALL.stream().map(TopicSpec::name).toList());
    empty.stop();
  }

  @Test
  void topicsOfOursDoNotDifferFromTheContract() {
    provision(connection, Topics.ALL);

    assertThat(provision(connection, Topics.ALL).differences()).isEmpty();
  }

  @Test
  void whatExistsIsNotMadeAgain() {
    TopicSpec topic = TestTopics.made(connection, 1);

    assertThat(provision(connection, List.of(topic)).created()).isEmpty();
  }

  @Test
  void whatDiffersIsReported() throws Exception {
    TopicSpec topic = otherwise();

    assertThat(provision(connection, List.of(topic)).differences())
        .containsExactlyInAnyOrder(
            new Difference(topic.name(), "partitions", "1", "2"),
            new Difference(topic.name(), "cleanup.policy", "compact", "delete"),
            new Difference(topic.name(), "min.compaction.lag.ms", "60000", "0"),
            new Difference(topic.name(), "delete.retention.ms", "604800000", "86400000"));
  }

  @Test
  void whatDiffersIsLeftAsItIs() throws Exception {
    TopicSpec topic = otherwise();
    TopicReport first = provision(connection, List.of(topic));

    assertThat(provision(connection, List.of(topic))).isEqualTo(first);
  }

  @Test
  void aBrokerThatIsNotThereIsNotWaitedForForEver() {
    KafkaConnection nowhere = KafkaConnection.to("127.0.0.1:1");

    assertThatThrownBy(() -> new TopicProvisioner(nowhere).provision(Duration.ZERO))
        .isInstanceOf(KafkaException.class);
  }

  private static TopicReport provision(KafkaConnection at, List<TopicSpec> topics) {
    return new TopicProvisioner(at, topics).provision(TestTopics.PATIENCE);
  }

  private TopicSpec otherwise() throws Exception {
    TopicSpec topic = TestTopics.unheardOf(1);
    try (Admin admin = Admin.create(connection.forAdmin())) {
      admin
          .createTopics(List.of(new NewTopic(topic.name(), Optional.of(2), Optional.empty())))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
    return topic;
  }
}
