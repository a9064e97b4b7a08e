package io.modeldepot.mirror.serve;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much goes out: {@code depot_mirror_requests_total} by what was asked for and how it ended,
 * {@code depot_mirror_bytes_total} of transfers that came to their end and {@code
 * depot_mirror_broken_total} of those that did not, by model; {@code depot_mirror_transfers} under
 * way.
 */
@ApplicationScoped
public class Traffic {
  private final MeterRegistry registry;
  private final AtomicInteger underWay;

  Traffic(MeterRegistry registry) {
    this.registry = registry;
    this.underWay = new AtomicInteger();
    registry.gauge("depot.mirror.transfers", underWay);
  }

  /** A request was answered. */
  public void answered(String kind, int status) {
    registry
        .counter("depot.mirror.requests", "kind", kind, "status", String.valueOf(status))
        .increment();
  }

  void began() {
    underWay.incrementAndGet();
  }

  /** All of it was sent. */
  void completed(String model, long sentBytes) {
    underWay.decrementAndGet();
    registry.counter("depot.mirror.bytes", "model", model).increment(sentBytes);
  }

  /** The client left, or the file could not be read to its end; how much was sent is not known. */
  void broken(String model) {
    underWay.decrementAndGet();
    registry.counter("depot.mirror.broken", "model", model).increment();
  }
}
