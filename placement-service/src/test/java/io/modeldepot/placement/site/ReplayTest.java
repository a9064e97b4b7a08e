package io.modeldepot.placement.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.placement.seed.SeedEvents;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.testkit.broker.TestBroker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A site with a history: everything is read before anything is decided. */
class ReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int MODELS = 2_000;
  private static final int VERSIONS = 5;

  @Test
  void tenThousandVersionsAreReadBeforeAnythingIsDecided() throws Exception {
    TestBroker broker = TestBroker.own();
    try {
      KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
      var unused = new TopicProvisioner(connection).provision(PATIENCE);
      publish(connection);

      Instant since = Instant.now();
      try (SiteTopics topics = new SiteTopics(connection, Clock.systemUTC())) {
        while (!topics.isComplete()) {
          assertThat(Instant.now()).as("complete").isBefore(since.plus(PATIENCE));
          Thread.sleep(10);
        }
        System.out.printf(
            "%d records of model-verified were read in %d ms.%n",
            MODELS * VERSIONS, Duration.between(since, Instant.now()).toMillis());

        assertThat(topics.versions(ModelName.of("model-0"))).hasSize(VERSIONS);
        assertThat(topics.versions(ModelName.of("model-" + (MODELS - 1)))).hasSize(VERSIONS);
        assertThat(topics.changes()).isEqualTo((long) MODELS * VERSIONS);
      }
    } finally {
      broker.stop();
    }
  }

  private static void publish(KafkaConnection connection) {
    String one = new String(Wire.write(SeedEvents.verified(SeedModel.PHI_2)), UTF_8);
    String commit = SeedEvents.verified(SeedModel.PHI_2).commit().value();
    // As services write: with several batches in flight a new partition may refuse the first one.
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            connection.forWriting(), new StringSerializer(), new ByteArraySerializer())) {
      for (int model = 0; model < MODELS; model++) {
        for (int version = 0; version < VERSIONS; version++) {
          String name = "model-" + model;
          String itsCommit = "%040x".formatted(model * VERSIONS + version + 1);
          byte[] payload =
              one.replace("\"model\":\"phi-2\"", "\"model\":\"" + name + "\"")
                  .replace(commit, itsCommit)
                  .getBytes(UTF_8);
          producer.send(
              new ProducerRecord<>(
                  Topics.MODEL_VERIFIED.name(), "default/" + name + "/" + itsCommit, payload));
        }
      }
    }
  }
}
