package io.modeldepot.kit.intake;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.announce.Announcer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Puts refused commands where people find them: key, value and headers unchanged, the reason in
 * further headers. What is too large to be published goes as its beginning; no record is so large
 * that it cannot be refused, for then it would be read again for ever. Acknowledge the command only
 * once the future has completed; a command that is refused twice is then there twice, which does no
 * harm.
 */
public final class DeadLetters {
  /** Name of the header that a cut value has: how many bytes it had. */
  public static final String TRUNCATED = "depot_truncated";

  /** What is left of a key, a value, and of all headers together, where the whole is too large. */
  static final int KEPT_BYTES = 64 * 1024;

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
    byte[] key = bytesOf(refused.key());
    Map<String, String> why = headers(origin, reason, detail);
    ProducerRecord<byte[], byte[]> whole =
        new ProducerRecord<>(topic.deadLetterName(), null, key, refused.value());
    refused.headers().forEach(whole.headers()::add);
    add(whole, why);
    return announcer
        .publishAsIs(whole)
        .handle(
            (done, failure) ->
                isTooLarge(failure)
                    ? announcer.publishAsIs(beginning(refused, whole.topic(), key, why))
                    : failure == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.<Void>failedFuture(unwrapped(failure)))
        .thenCompose(next -> next);
  }

  /** The same with as much of it as every topic takes. */
  private static ProducerRecord<byte[], byte[]> beginning(
      ConsumerRecord<?, byte[]> refused,
      String topic,
      byte @Nullable [] key,
      Map<String, String> why) {
    byte[] value = refused.value();
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, beginning(key), beginning(value));
    int room = KEPT_BYTES;
    for (Header header : refused.headers()) {
      room -= header.key().length() + (header.value() == null ? 0 : header.value().length);
      if (room < 0) {
        break;
      }
      letter.headers().add(header);
    }
    add(letter, why);
    add(letter, Map.of(TRUNCATED, Integer.toString(value == null ? 0 : value.length)));
    return letter;
  }

  private static byte @Nullable [] beginning(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= KEPT_BYTES ? bytes : Arrays.copyOf(bytes, KEPT_BYTES);
  }

  /** By this producer, or by a topic that was made with other settings. */
  private static boolean isTooLarge(@Nullable Throwable failure) {
    return failure != null && unwrapped(failure) instanceof RecordTooLargeException;
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static void add(ProducerRecord<?, ?> letter, Map<String, String> headers) {
    headers.forEach(
        (name, text) ->
            letter.headers().add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
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
