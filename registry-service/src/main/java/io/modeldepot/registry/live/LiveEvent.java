package io.modeldepot.registry.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record of a topic as it goes to clients.
 *
 * @param partition where it lies
 * @param offset where it lies
 * @param data its payload as one line of JSON; {@code null} for a key that was forgotten
 * @param model what it is about, if it says so
 * @param requests the requests that it names
 */
record LiveEvent(
    TopicPartition partition,
    long offset,
    String data,
    Optional<String> model,
    Set<String> requests) {

  /** A manifest of thousands of files is for the topic, not for a browser. */
  private static final int LARGE = 256 * 1024;

  static LiveEvent of(ConsumerRecord<String, byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    byte[] value = record.value();
    try {
      JsonNode payload = value == null ? null : Wire.mapper().readTree(value);
      if (payload instanceof ObjectNode object) {
        if (value.length > LARGE && object.has("files")) {
          object.remove("files");
          object.put("truncated", true);
        }
        return new LiveEvent(
            partition,
            record.offset(),
            object.toString(),
            text(object.path("model")),
            requests(object));
      }
    } catch (IOException e) {
      // What is no JSON has no place in a stream of JSON; its offset is passed all the same.
    }
    return new LiveEvent(partition, record.offset(), "null", keyAsModel(record), Set.of());
  }

  private static Set<String> requests(ObjectNode payload) {
    Set<String> ids = new HashSet<>();
    text(payload.path("requestId")).ifPresent(ids::add);
    payload.path("requestIds").forEach(id -> text(id).ifPresent(ids::add));
    return Set.copyOf(ids);
  }

  private static Optional<String> keyAsModel(ConsumerRecord<String, byte[]> record) {
    return record.topic().equals("model-described")
        ? Optional.ofNullable(record.key())
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }
}
