package io.modeldepot.kit.announce;

import io.modeldepot.events.wire.CloudEventHeaders;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.trace.Working;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes. Records with one key arrive in the order of the calls, each once, even across retries.
 * A broker that is away for less than two minutes is waited for; after that the future fails with
 * Kafka's exception and nothing may be assumed: publish again. No call waits for the broker.
 *
 * <p>A record that names no trace is part of the one that the caller works in.
 *
 * <p>Safe for use by many threads. What hangs on a returned future runs on a virtual thread and may
 * block.
 */
public final class Announcer implements Announcing, AutoCloseable {
  private static final Duration TO_FLUSH = Duration.ofSeconds(10);

  private final KafkaProducer<byte[], byte[]> producer;

  /** One after another: the order of the calls, while callers do not wait for an absent broker. */
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("announcer").factory());

  private final ExecutorService afterwards = Executors.newVirtualThreadPerTaskExecutor();
  private final ServiceIdentity identity;
  private final Clock clock;

  /** Connects in the background: an absent broker is no error here. */
  public Announcer(KafkaConnection connection, ServiceIdentity identity, Clock clock) {
    this.producer =
        new KafkaProducer<>(
            connection.forWriting(), new ByteArraySerializer(), new ByteArraySerializer());
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Publishes.
   *
   * @return completes when the broker has it
   */
  @Override
  public CompletableFuture<Acknowledged> announce(Announcement what) {
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(
            what.topic().name(),
            null,
            what.key().map(Announcer::utf8).orElse(null),
            what.payload().map(Wire::write).orElse(null));
    headers(what).asMap().forEach((name, text) -> out.headers().add(name, utf8(text)));
    return send(out);
  }

  /** Publishes a record unchanged, without headers of ours. */
  public CompletableFuture<Void> publishAsIs(ProducerRecord<byte[], byte[]> out) {
    return send(out).thenApply(acknowledged -> null);
  }

  /** Sends what is under way; gives an absent broker ten seconds, twice. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      sender.awaitTermination(TO_FLUSH.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(TO_FLUSH);
    sender.shutdownNow();
    afterwards.close();
  }

  private CompletableFuture<Acknowledged> send(ProducerRecord<byte[], byte[]> out) {
    CompletableFuture<Acknowledged> sent = new CompletableFuture<>();
    sender.execute(
        () -> {
          try {
            producer.send(out, (metadata, failure) -> complete(sent, metadata, failure));
          } catch (RuntimeException e) {
            sent.completeExceptionally(e);
          }
        });
    return sent;
  }

  private void complete(
      CompletableFuture<Acknowledged> sent, RecordMetadata metadata, @Nullable Exception failure) {
    // Kafka's own thread must not run what callers hang on the future.
    afterwards.execute(
        () -> {
          if (failure == null) {
            sent.complete(acknowledged(metadata));
          } else {
            sent.completeExceptionally(failure);
          }
        });
  }

  private CloudEventHeaders headers(Announcement what) {
    return new CloudEventHeaders(
        what.id(),
        "/" + identity.key(),
        what.topic().cloudEventType(),
        clock.instant(),
        Optional.of(what.key().orElse("")).filter(key -> !key.isEmpty()),
        what.traceparent().or(Working::traceparent));
  }

  private static Acknowledged acknowledged(RecordMetadata metadata) {
    return new Acknowledged(metadata.topic(), metadata.partition(), metadata.offset());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
