package io.modeldepot.systemtests.chaos;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records that were said before, said again as they were, in an order of chance. */
final class Repeating {
  private static final int RECORDS = 6;
  private static final List<String> TOPICS =
      List.of(
          "download-requested",
          "cleanup-due",
          "backup-due",
          "model-verified",
          "download-progressed",
          "maintenance-progressed",
          "download-failed",
          "model-removed");

  private final Site site;
  private final Dice dice;

  Repeating(Site site, Dice dice) {
    this.site = site;
    this.dice = dice;
  }

  void some() throws Exception {
    String topic = dice.of(TOPICS);
    List<ConsumerRecord<String, byte[]>> said = site.topics().all(topic);
    if (said.isEmpty()) {
      return;
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                site.broker().bootstrapServers(),
                "max.block.ms",
                "5000",
                "compression.type",
                "zstd",
                "max.request.size",
                "8388608"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        ConsumerRecord<String, byte[]> one = dice.of(said);
        producer
            .send(
                new ProducerRecord<>(
                    topic, one.partition(), one.timestamp(), one.key(), one.value(), one.headers()))
            .get(10, TimeUnit.SECONDS);
      }
    }
  }
}
