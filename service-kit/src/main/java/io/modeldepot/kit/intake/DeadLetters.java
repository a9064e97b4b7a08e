package io.modeldepot.kit.intake;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.announce.Announcer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Puts refused commands where people find them: key, value and headers unchanged, the reason in
 * further headers. Acknowledge the command only once the future has completed; a command that is
 * refused twice is then there twice, which does no harm.
 */
public final class DeadLetters {
  private static final int LONGEST_DETAIL = 2000;

  private final Announcer announcer;

  public DeadLetters(Announcer announcer) {
    this.announcer = announcer;
  }

  /**
   * Publishes a refused record.
   *
   * @return completes when the broker has it
   * @throws IllegalArgumentException if the record is not from a command topic
   */
  public CompletableFuture<Void> publish(
      ConsumerRecord<?, byte[]> refused, Reason reason, String detail) {
    TopicSpec topic =
        Topics.named(refused.topic())
            .orElseThrow(() -> new IllegalArgumentException("Not ours: " + refused.topic()));
    Origin origin = Origin.of(refused);
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic.deadLetterName(), null, bytesOf(refused.key()), refused.value());
    refused.headers().forEach(letter.headers()::add);
    headers(origin, reason, detail)
        .forEach(
            (name, text) ->
                letter
                    .headers()
                    .add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
    return announcer.publishAsIs(letter);
  }

  private static Map<String, String> headers(Origin origin, Reason reason, String detail) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("depot_reason", reason.header());
    headers.put("depot_detail", detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
    headers.put("depot_topic", origin.topic());
    headers.put("depot_partition", Integer.toString(origin.partition()));
    headers.put("depot_offset", Long.toString(origin.offset()));
    headers.put("depot_time", Wire.time(origin.publishedAt()));
    return headers;
  }

  private static byte @Nullable [] bytesOf(@Nullable Object key) {
    return switch (key) {
      case null -> null;
      case byte[] bytes -> bytes;
      default -> Optional.of(key).map(Object::toString).orElse("").getBytes(StandardCharsets.UTF_8);
    };
  }
}
