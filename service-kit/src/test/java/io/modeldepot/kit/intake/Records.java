package io.modeldepot.kit.intake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a broker would hand them out. */
final class Records {
  static final long TIME = 1_700_000_000_000L;

  private Records() {}

  static ConsumerRecord<String, byte[]> of(String topic, long offset, String value) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        TIME,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        "phi-2",
        value.getBytes(StandardCharsets.UTF_8),
        new RecordHeaders(),
        Optional.empty());
  }

  static ConsumerRecord<String, byte[]> with(
      ConsumerRecord<String, byte[]> from, String header, String value) {
    from.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
    return from;
  }
}
