package io.modeldepot.mirror.announce;

import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.mirror.shelf.Edition;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tells of reads. Safe for threads; never waits for the broker. */
@ApplicationScoped
public class Reads {
  private static final Logger LOG = Logger.getLogger(Reads.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration FOR_THE_TOPIC = Duration.ofSeconds(30);
  private static final int MOST_READERS = 10_000;
  private static final int MOST_UNDER_WAY = 1_000;

  private final Instance<Announcer> announcer;
  private final Instance<TopicProvisioner> topics;
  private final boolean hasBroker;
  private final Clock clock = Clock.systemUTC();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<String, Instant> told =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_READERS;
        }
      };

  @Inject
  Reads(
      Instance<Announcer> announcer,
      Instance<TopicProvisioner> topics,
      @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers) {
    this.announcer = announcer;
    this.topics = topics;
    this.hasBroker = brokers.filter(it -> !it.isBlank()).isPresent();
  }

  void start(@Observes StartupEvent event) {
    if (hasBroker) {
      Thread unused = Thread.ofVirtual().name("topics").start(this::provision);
    } else {
      LOG.info(
          "No broker is configured: reads are not told, so they keep no version from cleanup.");
    }
  }

  /**
   * A version was read.
   *
   * @param holder who read it; no secret
   */
  public void read(LocationName location, Edition edition, String holder) {
    if (!hasBroker) {
      return;
    }
    Instant now = clock.instant();
    String key = location + "/" + edition.model() + "/" + edition.commit() + "/read/" + holder;
    if (!isDue(key, now) || underWay.get() >= MOST_UNDER_WAY) {
      return;
    }
    underWay.incrementAndGet();
    var unused =
        announcer
            .get()
            .announce(
                Topics.MODEL_USED,
                key,
                new ModelUsed(
                    location,
                    edition.model(),
                    edition.commit(),
                    holder,
                    UseKind.READ,
                    Optional.empty(),
                    now))
            .whenComplete(
                (done, failure) -> {
                  underWay.decrementAndGet();
                  if (failure != null) {
                    LOG.debugf("That %s was read could not be told: %s", key, failure);
                    forget(key);
                  }
                });
  }

  private synchronized boolean isDue(String key, Instant now) {
    Instant last = told.get(key);
    if (last != null && last.plus(BETWEEN).isAfter(now)) {
      return false;
    }
    told.put(key, now);
    return true;
  }

  private synchronized void forget(String key) {
    told.remove(key);
  }

  private void provision() {
    try {
      var unused = topics.get().provision(FOR_THE_TOPIC);
    } catch (KafkaException e) {
      LOG.warnf("The topics cannot be made; another service will: %s", e.getMessage());
    }
  }
}
