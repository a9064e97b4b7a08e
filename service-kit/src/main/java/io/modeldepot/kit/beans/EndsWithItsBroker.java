package io.modeldepot.kit.beans;

import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.topic.BrokerMemory;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process when the broker has lost its memory, so that its supervisor starts it anew.
 * What it knows it learnt from a broker that is no more, and what it has said nobody hears again;
 * at its start a service reads everything and says everything, and no second way to do that is
 * needed.
 */
@ApplicationScoped
class EndsWithItsBroker {
  /** EX_TEMPFAIL: to be tried again. */
  static final int STATUS = 75;

  private static final Logger LOG = Logger.getLogger(EndsWithItsBroker.class);

  private final KafkaConnection connection;
  private final Duration every;
  private final boolean goesWithout;
  private @Nullable Thread thread;

  /**
   * Looks in the background.
   *
   * @param every how often it is looked whether the broker is still the one of the start; 0 does
   *     not look
   * @param brokers the broker, {@code host:port}, or several by commas; where nothing is said
   *     {@code localhost:9092}, and the mirror goes without a broker
   */
  EndsWithItsBroker(
      KafkaConnection connection,
      ServiceIdentity identity,
      @ConfigProperty(name = "depot.broker.look-every", defaultValue = "10s") Duration every,
      @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    this.connection = connection;
    this.every = every;
    this.goesWithout =
        identity.service().equals("mirror") && brokers.filter(it -> !it.isBlank()).isEmpty();
  }

  void start(@Observes StartupEvent started) {
    if (!goesWithout && every.isPositive()) {
      thread = Thread.ofVirtual().name("broker-memory").start(this::look);
    }
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void look() {
    try (BrokerMemory memory = new BrokerMemory(connection, Topics.MODEL_VERIFIED)) {
      while (!memory.isLost()) {
        Thread.sleep(every);
      }
      LOG.error(
          "The broker, or its topic model-verified, was made anew and has forgotten everything."
              + " This process ends, to be started again: then it reads and tells everything.");
      Quarkus.asyncExit(STATUS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
