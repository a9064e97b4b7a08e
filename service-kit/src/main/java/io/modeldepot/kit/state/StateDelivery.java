package io.modeldepot.kit.state;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.wire.CloudEventHeaders;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.trace.Working;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/** From a record to the listener, with patience. */
final class StateDelivery<T> {
  private static final Logger LOG = Logger.getLogger(StateDelivery.class);
  private static final int TRIES = 10;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final TopicSpec topic;
  private final Class<T> payload;
  private final StateListener<T> listener;
  private final Closing closing;
  private final AtomicLong skipped = new AtomicLong();

  StateDelivery(TopicSpec topic, Class<T> payload, StateListener<T> listener, Closing closing) {
    this.topic = topic;
    this.payload = payload;
    this.listener = listener;
    this.closing = closing;
  }

  long skipped() {
    return skipped.get();
  }

  void deliver(ConsumerRecord<String, byte[]> from) {
    if (from.key() == null) {
      skip(from, "It has no key.");
      return;
    }
    try {
      hand(from, read(from));
    } catch (UnreadablePayload e) {
      skip(from, e.detail());
    }
  }

  private StateRecord<T> read(ConsumerRecord<String, byte[]> from) throws UnreadablePayload {
    byte[] value = from.value();
    Optional<T> read = value == null ? Optional.empty() : Optional.of(Wire.read(value, payload));
    return new StateRecord<>(
        from.key(),
        read,
        from.partition(),
        from.offset(),
        Instant.ofEpochMilli(from.timestamp()),
        traceparent(from));
  }

  private void hand(ConsumerRecord<String, byte[]> from, StateRecord<T> what) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; !closing.begun(); attempt++) {
      try (Working.Scope _ = Working.on(what.traceparent())) {
        listener.heard(what);
        return;
      } catch (RuntimeException e) {
        if (attempt == TRIES) {
          LOG.errorf(e, "The listener of %s keeps failing.", topic.name());
          skip(from, "Its listener failed %d times.".formatted(TRIES));
          return;
        }
        pause = waitAndGrow(pause);
      }
    }
  }

  private Duration waitAndGrow(Duration pause) {
    closing.orAfter(pause);
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void skip(ConsumerRecord<String, byte[]> from, String why) {
    skipped.incrementAndGet();
    LOG.errorf(
        "Skipped the record of %s in partition %d at offset %d. %s",
        topic.name(), from.partition(), from.offset(), why);
  }

  private static Optional<String> traceparent(ConsumerRecord<?, ?> from) {
    Header header = from.headers().lastHeader(CloudEventHeaders.TRACEPARENT);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
