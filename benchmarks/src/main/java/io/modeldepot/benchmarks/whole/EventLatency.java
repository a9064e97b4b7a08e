package io.modeldepot.benchmarks.whole;

import io.modeldepot.benchmarks.rig.Rig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * From publishing an event by hand until its row is visible by REST. The event asks for a location
 * that nobody serves, so that only the registry acts on it.
 */
final class EventLatency {
  private static final int WARM_UP = 200;
  private static final int COUNTED = 1000;
  private static final long BETWEEN_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Report report;

  EventLatency(Report report) {
    this.report = report;
  }

  void run(Rig rig) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", rig.kafka(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < WARM_UP + COUNTED; i++) {
        double took = one(rig, producer, "latency-" + System.nanoTime());
        if (i >= WARM_UP) {
          millis.add(took);
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
    List<Double> sorted = millis.stream().sorted().toList();
    report.say("| events | p50 | p95 | p99 | most |");
    report.say("|---|---|---|---|---|");
    report.say(
        "| %d | %.1f ms | %.1f ms | %.1f ms (goal 100) | %.1f ms |",
        COUNTED,
        sorted.get(COUNTED / 2),
        sorted.get(COUNTED * 95 / 100),
        sorted.get(COUNTED * 99 / 100),
        sorted.getLast());
  }

  private static double one(Rig rig, KafkaProducer<byte[], byte[]> producer, String id)
      throws IOException, InterruptedException {
    byte[] event =
        "{\"model\":\"phi-2\",\"location\":\"nowhere\",\"requestId\":\"%s\"}"
            .formatted(id)
            .getBytes(StandardCharsets.UTF_8);
    long since = System.nanoTime();
    var unused = producer.send(new ProducerRecord<>("download-requested", event));
    producer.flush();
    while (rig.status("/api/v1/downloads/" + id) != 200) {
      if (System.nanoTime() - since > PATIENCE_NANOS) {
        throw new IOException("The registry never showed " + id);
      }
      LockSupport.parkNanos(1_000_000);
    }
    return (System.nanoTime() - since) / 1e6;
  }
}
