package io.modeldepot.kit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.TopicKind;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.CloudEventHeaders;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads the records of one command topic. Total: every record has an answer, no record an
 * exception.
 *
 * @param <T> the payload
 */
public final class CommandReader<T> {
  /** Name of the header with the age limit, in seconds. */
  public static final String MAX_AGE = "depot_maxage";

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Set<TopicSpec> SHORT_LIVED =
      Set.of(Topics.CLEANUP_DUE, Topics.RESTORE_REQUESTED);

  private final Class<T> payload;
  private final Duration defaultMaxAge;

  /**
   * @throws IllegalArgumentException if this is no command topic or carries another payload
   */
  public CommandReader(TopicSpec topic, Class<T> payload) {
    if (topic.kind() != TopicKind.COMMAND || !topic.payload().equals(payload)) {
      throw new IllegalArgumentException(
          topic.name() + " does not carry commands of " + payload.getSimpleName());
    }
    this.payload = payload;
    this.defaultMaxAge = maxAge(topic);
  }

  /** How old a command of a topic may be that says nothing else. */
  public static Duration maxAge(TopicSpec topic) {
    return SHORT_LIVED.contains(topic) ? HOUR : DAY;
  }

  /** What this record is. */
  public Incoming<T> read(ConsumerRecord<?, byte[]> from) {
    Origin origin = Origin.of(from);
    try {
      byte[] value = from.value();
      if (value == null) {
        throw new UnreadablePayload(Reason.UNREADABLE, "The record has no value.");
      }
      T read = Wire.readCommand(value, payload);
      Optional<String> foreignId = header(from, CloudEventHeaders.ID);
      return new Incoming.Readable<>(
          new CommandEnvelope<>(
              CommandId.of(requestId(value), foreignId, origin),
              read,
              maxAge(from),
              header(from, CloudEventHeaders.TRACEPARENT),
              origin));
    } catch (UnreadablePayload e) {
      return new Incoming.Refused<>(e.reason(), e.detail(), origin);
    }
  }

  private Duration maxAge(ConsumerRecord<?, ?> from) throws UnreadablePayload {
    Optional<String> given = header(from, MAX_AGE);
    if (given.isEmpty()) {
      return defaultMaxAge;
    }
    if (!given.get().matches("[0-9]{1,9}")) {
      throw new UnreadablePayload(
          Reason.INVALID, "The header " + MAX_AGE + " must be a number of seconds.");
    }
    return Duration.ofSeconds(Long.parseLong(given.get()));
  }

  private static Optional<RequestId> requestId(byte[] value) throws UnreadablePayload {
    try {
      JsonNode id = Wire.mapper().readTree(value).path("requestId");
      return id.isTextual() ? Optional.of(RequestId.of(id.textValue())) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadablePayload(Reason.INVALID, "/requestId: " + e.getMessage());
    }
  }

  private static Optional<String> header(ConsumerRecord<?, ?> from, String name) {
    Header header = from.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
