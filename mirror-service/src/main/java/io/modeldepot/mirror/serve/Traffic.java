package io.modeldepot.mirror.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much goes out: {@code modeldepot_mirror_requests_total} by what was asked for and how it
 * ended, {@code modeldepot_mirror_bytes_total} of transfers that came to their end and {@code
 * modeldepot_mirror_broken_total} of those that did not, by model; {@code
 * modeldepot_mirror_transfers} under way.
 */
@ApplicationScoped
public class Traffic {
  private static final String MODEL = "model_name";
  private static final String BYTES = "modeldepot.mirror.bytes";
  private static final String BROKEN = "modeldepot.mirror.broken";

  private final MeterRegistry registry;
  private final AtomicInteger underWay = new AtomicInteger();

  // Asking the registry costs more than sending a small file.
  private final Map<Answer, Counter> answers = new ConcurrentHashMap<>();
  private final Map<String, Counter> bytes = new ConcurrentHashMap<>();

  private record Answer(String kind, int status) {}

  Traffic(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("modeldepot.mirror.transfers", underWay, AtomicInteger::get)
        .description("Transfers under way.")
        .register(registry);
  }

  /** A request was answered. */
  public void answered(String kind, int status) {
    answers.computeIfAbsent(new Answer(kind, status), this::counter).increment();
  }

  void began() {
    underWay.incrementAndGet();
  }

  /** All of it was sent. */
  void completed(String model, long sentBytes) {
    underWay.decrementAndGet();
    bytes.computeIfAbsent(model, this::counter).increment(sentBytes);
  }

  /** The client left, or the file could not be read to its end; how much was sent is not known. */
  void broken(String model) {
    underWay.decrementAndGet();
    Counter.builder(BROKEN)
        .description("Transfers that did not come to their end.")
        .tag(MODEL, model)
        .register(registry)
        .increment();
  }

  /** Forgets what was counted of models that are not here any more. */
  void keepOnly(Set<String> models) {
    registry.getMeters().stream()
        .filter(it -> it.getId().getName().equals(BYTES) || it.getId().getName().equals(BROKEN))
        .filter(it -> !models.contains(String.valueOf(it.getId().getTag(MODEL))))
        .forEach(registry::remove);
    bytes.keySet().retainAll(models);
  }

  private Counter counter(Answer answer) {
    return Counter.builder("modeldepot.mirror.requests")
        .description("Requests, by what was asked for and how they ended.")
        .tag("kind", answer.kind())
        .tag("status", String.valueOf(answer.status()))
        .register(registry);
  }

  private Counter counter(String model) {
    return Counter.builder(BYTES)
        .description("Bytes of transfers that came to their end.")
        .tag(MODEL, model)
        .register(registry);
  }
}
