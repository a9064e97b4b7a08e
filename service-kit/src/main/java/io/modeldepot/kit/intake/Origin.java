package io.modeldepot.kit.intake;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record lies.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset in the partition
 * @param publishedAt when the broker appended it, where the topic says so, else when it was made
 */
public record Origin(String topic, int partition, long offset, Instant publishedAt) {

  /** Where this record lies. */
  public static Origin of(ConsumerRecord<?, ?> from) {
    return new Origin(
        from.topic(), from.partition(), from.offset(), Instant.ofEpochMilli(from.timestamp()));
  }
}
