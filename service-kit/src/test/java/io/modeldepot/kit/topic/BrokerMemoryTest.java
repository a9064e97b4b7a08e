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
        BrokerMemory memory = new BrokerMemory(connection, TOPIC);
        BrokerMemory another = new BrokerMemory(connection, TOPIC)) {
      assertThat(memory.isLost()).as("nothing is known yet").isFalse();
      provide(connection);
      assertThat(memory.isLost()).isFalse();
      assertThat(another.isLost()).isFalse();

      broker.restart();
      assertThat(memory.isLost()).as("after a restart").isFalse();

      admin.deleteTopics(List.of(TOPIC.name())).all().get();
      awaitNo(admin);
      assertThat(memory.isLost()).as("missing for the first time").isFalse();
      assertThat(memory.isLost()).isFalse();
      assertThat(memory.isLost()).as("missing for long").isTrue();

      provide(connection);
      assertThat(another.isLost()).as("made anew").isTrue();
    } finally {
      broker.kill();
    }
  }

  @Test
  void aBrokerThatCannotEvenBeNamedHasForgottenNothing() throws Exception {
    try (BrokerMemory memory =
        new BrokerMemory(KafkaConnection.to("no-such-host.invalid:1"), TOPIC)) {
      assertThat(memory.isLost()).isFalse();
      assertThat(memory.isLost()).isFalse();
    }
  }

  private static void awaitNo(Admin admin) throws Exception {
    while (admin.listTopics().names().get().contains(TOPIC.name())) {
      Thread.sleep(50);
    }
  }

  private static void provide(KafkaConnection connection) {
    TopicReport unused =
        new TopicProvisioner(connection, List.of(TOPIC)).provision(Duration.ofSeconds(30));
  }
}
