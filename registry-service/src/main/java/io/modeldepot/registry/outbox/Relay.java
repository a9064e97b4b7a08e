package io.modeldepot.registry.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.wire.Wire;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the ledger wrote, in the order of its numbers, and marks it. It wakes when a
 * transaction of this instance commits and looks once a second for those of others. One relay at a
 * time over all instances: the transaction that publishes holds an advisory lock, and marks only
 * what the broker has acknowledged. A crash between the two publishes again; consumers upsert.
 */
@ApplicationScoped
public class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);

  /** The lock's number: "relay" in ASCII. */
  private static final long LOCK = 0x72656c6179L;

  private static final int BATCH = 200;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration PUBLISHED_KEPT = Duration.ofDays(7);
  private static final Duration BETWEEN_FORGETTING = Duration.ofMinutes(10);

  private final EntityManager database;
  private final OutboxProducer producers;
  private final InstantSource clock;
  private final Semaphore work = new Semaphore(0);
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile boolean running;
  private @Nullable Thread thread;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private long forgotAt = System.nanoTime() - BETWEEN_FORGETTING.toNanos();

  Relay(EntityManager database, OutboxProducer producers, InstantSource clock) {
    this.database = database;
    this.producers = producers;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    running = true;
    thread = Thread.ofVirtual().name("outbox-relay").start(this::run);
  }

  void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
    running = false;
    opened.countDown();
    work.release();
    if (thread != null) {
      thread.join(Duration.ofSeconds(3));
    }
    dropProducer();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Ledger.Committed committed) {
    work.release();
  }

  /**
   * Lets records out. Before that they wait: what the topics already say about the catalog is read
   * first, so that nothing of a lower generation covers it.
   */
  public void open() {
    opened.countDown();
  }

  private void run() {
    Duration pause = LOOK_AGAIN;
    try {
      opened.await();
    } catch (InterruptedException e) {
      return;
    }
    while (running) {
      try {
        work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        while (running && publishBatch() == BATCH) {
          // there is more
        }
        forgetOld();
        pause = LOOK_AGAIN;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warnf("The outbox waits: %s", cause(e));
        dropProducer();
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  /** Publishes the oldest waiting records; returns how many. */
  private int publishBatch() {
    return QuarkusTransaction.requiringNew()
        .timeout(60)
        .call(
            () -> {
              database
                  .createNativeQuery("select pg_advisory_xact_lock(?1)")
                  .setParameter(1, LOCK)
                  .getSingleResult();
              List<OutboxRow> waiting =
                  OutboxRow.find("publishedAt is null order by seq").page(0, BATCH).list();
              if (!waiting.isEmpty()) {
                send(waiting);
                waiting.forEach(row -> row.publishedAt = clock.instant());
              }
              return waiting.size();
            });
  }

  private void send(List<OutboxRow> rows) {
    KafkaProducer<byte[], byte[]> to = producer();
    List<Future<?>> acknowledged = new ArrayList<>();
    for (OutboxRow row : rows) {
      Future<?> sent = to.send(record(row));
      if (sent.isDone()) {
        // Refused at once, for want of a broker: the next ones may find it, and must not overtake.
        requireAcknowledged(sent);
      }
      acknowledged.add(sent);
    }
    to.flush();
    acknowledged.forEach(Relay::requireAcknowledged);
  }

  private static void requireAcknowledged(Future<?> one) {
    try {
      one.get(1, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker did not acknowledge: " + cause(e), e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("The broker did not acknowledge in time.", e);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(OutboxRow row) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            row.topic,
            row.key == null ? null : row.key.getBytes(StandardCharsets.UTF_8),
            row.payload);
    try {
      Wire.mapper()
          .readValue(row.headers, new TypeReference<Map<String, String>>() {})
          .forEach(
              (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Headers of ours cannot be read.", e);
    }
    return record;
  }

  private void forgetOld() {
    if (System.nanoTime() - forgotAt < BETWEEN_FORGETTING.toNanos()) {
      return;
    }
    QuarkusTransaction.requiringNew()
        .run(() -> OutboxRow.delete("publishedAt < ?1", clock.instant().minus(PUBLISHED_KEPT)));
    forgotAt = System.nanoTime();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.open();
      producer = open;
    }
    return open;
  }

  /** What a producer still holds after a failure is in the table too; it must not go out late. */
  private void dropProducer() {
    KafkaProducer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }

  private static String cause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
