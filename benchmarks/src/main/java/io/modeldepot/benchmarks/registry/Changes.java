package io.modeldepot.benchmarks.registry;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes progress of downloads by hand, at a steady rate; each record says when. */
final class Changes {
  static final String MARK = "bench-change";
  private static final String UNMARKED = "warm-up";
  private static final long WHOLE = 1_000_000;

  private Changes() {}

  /** Returns how many were published. */
  static int publish(String kafka, int perSecond, int seconds) {
    return publish(kafka, perSecond, seconds, MARK);
  }

  /** The same for clients that do not count them, as their own code is slow yet. */
  static int warmUp(String kafka, int perSecond, int seconds) {
    return publish(kafka, perSecond, seconds, UNMARKED);
  }

  private static int publish(String kafka, int perSecond, int seconds, String mark) {
    int count = perSecond * seconds;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = producer.partitionsFor("download-progressed");
      long begun = System.nanoTime();
      for (int i = 1; i <= count; i++) {
        long due = begun + i * 1_000_000_000L / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        String id = mark + "-" + System.nanoTime();
        var sent =
            producer.send(
                new ProducerRecord<>(
                    "download-progressed",
                    id.getBytes(StandardCharsets.UTF_8),
                    Wire.write(progress(id, i))));
        producer.flush();
      }
    }
    return count;
  }

  private static DownloadProgressed progress(String id, int number) {
    return new DownloadProgressed(
        RequestId.of(id),
        ModelName.of("bench-" + number),
        LocationName.of("elsewhere"),
        Optional.empty(),
        DownloadState.TRANSFERRING,
        1,
        1,
        "downloader-9-00000000",
        WHOLE,
        number,
        0,
        number,
        1,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(RequestId.of(id)),
        Instant.now());
  }
}
