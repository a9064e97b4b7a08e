package io.modeldepot.kit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.testkit.broker.TestBroker;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** One broker, whose topic is kept, removed and made anew. */
final class BrokerMemoryTest {
  private static final TopicSpec TOPIC = Topics.MODEL_VERIFIED;

  @Test
  void aBrokerThatOnlyRestartedHasForgottenNothingAndATopicMadeAnewHas() throws Exception {
    TestBroker broker = TestBroker.own();
    KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
    try (Admin admin = Admin.create(connection.forAdmin());
        BrokerMemory before = new BrokerMemory(connection, TOPIC)) {
      assertThat(before.isLost()).as("nothing is known yet").isFalse();
      provide(connection);
      assertThat(before.isLost()).isFalse();

      broker.restart();
      assertThat(before.isLost()).as("after a restart").isFalse();

      admin.deleteTopics(List.of(TOPIC.name())).all().get();
      assertThat(before.isLost()).as("missing for the first time").isFalse();
      assertThat(before.isLost()).isFalse();
      assertThat(before.isLost()).as("missing for long").isTrue();

      provide(connection);
      assertThat(before.isLost()).as("made anew").isTrue();
    } finally {
      broker.kill();
    }
  }

  private static void provide(KafkaConnection connection) {
    TopicReport unused =
        new TopicProvisioner(connection, List.of(TOPIC)).provision(Duration.ofSeconds(30));
  }
}
