package io.modeldepot.registry.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.StateTopicReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;

/** How far behind its topics this registry is: in the metrics, and in what it says of itself. */
@ApplicationScoped
class Lag {
  private static final Logger LOG = Logger.getLogger(Lag.class);
  private static final int AFTER_INTAKE = 1900;
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration TO_ANSWER = Duration.ofSeconds(2);

  /** What is read as a member of a group; the state topics are read by each instance in full. */
  private static final List<TopicSpec> SHARED =
      List.of(Topics.DOWNLOAD_REQUESTED, Topics.DOWNLOAD_FAILED);

  private final StateIntake states;
  private final KafkaClientService clients;
  private final MeterRegistry metrics;
  private final Map<String, Long> shared = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofVirtual().name("lag").unstarted(this::run);

  Lag(StateIntake states, KafkaClientService clients, MeterRegistry metrics) {
    this.states = states;
    this.clients = clients;
    this.metrics = metrics;
  }

  void start(@Observes @Priority(AFTER_INTAKE) StartupEvent started) {
    SHARED.forEach(topic -> shared.put(topic.name(), 0L));
    shared.keySet().forEach(topic -> gauge(topic, () -> shared.getOrDefault(topic, 0L)));
    for (StateTopicReader<?> reader : states.readers()) {
      gauge(reader.topic().name(), reader::behind);
    }
    thread.start();
  }

  void stop(@Observes ShutdownEvent stopped) {
    thread.interrupt();
  }

  /** Records of all topics that are not yet taken, as far as this registry knows. */
  long records() {
    return shared.values().stream().mapToLong(Long::longValue).sum()
        + states.readers().stream().mapToLong(StateTopicReader::behind).sum();
  }

  private void gauge(String topic, Supplier<Number> behind) {
    Gauge.builder("modeldepot.consumer.lag.records", behind)
        .description("Records of a topic that are not yet taken.")
        .tag("topic", topic)
        .tag("service", "registry")
        .register(metrics);
  }

  private void run() {
    try {
      while (true) {
        SHARED.forEach(topic -> look(topic.name()));
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      // stop() does that
    }
  }

  /** One channel each, by the name of its topic. */
  private void look(String topic) {
    try {
      long behind =
          clients
              .<String, byte[]>getConsumer(topic)
              .runOnPollingThread(Lag::behind)
              .await()
              .atMost(TO_ANSWER);
      shared.put(topic, behind);
    } catch (RuntimeException e) {
      LOG.debugf(e, "The lag of %s is not known now.", topic);
    }
  }

  private static Long behind(Consumer<String, byte[]> consumer) {
    return consumer.assignment().stream()
        .mapToLong(one -> consumer.currentLag(one).orElse(0))
        .sum();
  }
}
