package io.modeldepot.registry.intake;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.kit.topic.TopicReport;
import io.modeldepot.registry.cache.redis.Shelf;
import io.modeldepot.registry.catalog.Announcing;
import io.modeldepot.registry.outbox.OutboxBacklog;
import io.modeldepot.registry.problem.Outage;
import io.modeldepot.registry.site.SiteSettings;
import io.modeldepot.registry.tokens.Tokens;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes missing topics, now and every minute, and says every ten seconds that this registry is
 * there and how it is. A broker that was rebuilt meanwhile has topics of the same names and other
 * ids; it is told the catalog again, and so is every broker each six hours.
 */
@ApplicationScoped
class Presence {
  private static final Logger LOG = Logger.getLogger(Presence.class);
  private static final int FIRST = 50;
  private static final int LAST = 2000;
  private static final Duration FOR_THE_BROKER = Duration.ofSeconds(3);
  private static final Duration ROUND = Duration.ofMinutes(1);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration ANNOUNCED_AGAIN = Duration.ofHours(6);
  private static final long LATE_SECONDS = 30;

  private final TopicProvisioner topics;
  private final Announcer announcer;
  private final ServiceIdentity identity;
  private final StateIntake states;
  private final OutboxBacklog backlog;
  private final Announcing catalog;
  private final SiteSettings settings;
  private final Tokens tokens;
  private final Lag lag;
  private final Shelf shelf;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Optional<TopicReport> before = Optional.empty();
  private long announcedAt = System.nanoTime();
  private @Nullable ServiceReporter reporter;

  Presence(
      KafkaConnection broker,
      Announcer announcer,
      ServiceIdentity identity,
      StateIntake states,
      OutboxBacklog backlog,
      Announcing catalog,
      SiteSettings settings,
      Tokens tokens,
      Lag lag,
      Shelf shelf) {
    this.topics = new TopicProvisioner(broker);
    this.announcer = announcer;
    this.identity = identity;
    this.states = states;
    this.backlog = backlog;
    this.catalog = catalog;
    this.settings = settings;
    this.tokens = tokens;
    this.lag = lag;
    this.shelf = shelf;
  }

  /** Topics come first: who reads one that is not there has to begin again. */
  void provide(@Observes @Priority(FIRST) StartupEvent started) throws InterruptedException {
    CountDownLatch provided = new CountDownLatch(1);
    Thread.ofVirtual().name("topics").start(() -> keepProvided(provided));
    provided.await(FOR_THE_BROKER.toMillis(), TimeUnit.MILLISECONDS);
  }

  void report(@Observes @Priority(LAST) StartupEvent started) {
    reporter = ServiceReporter.start(announcer, identity, Clock.systemUTC(), this::condition);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
    if (reporter != null) {
      reporter.close();
    }
  }

  private void keepProvided(CountDownLatch provided) {
    Duration pause;
    do {
      try {
        provideAndTell();
        provided.countDown();
        pause = ROUND;
      } catch (KafkaException e) {
        LOG.warnf("The topics wait for the broker: %s", e.getMessage());
        pause = BEFORE_NEXT_TRY;
      } catch (RuntimeException e) {
        LOG.warn("The topics could not be looked after.", e);
        pause = ROUND;
      }
    } while (!stoppedWithin(pause));
  }

  /**
   * Makes what is missing, and tells the catalog again if its topic is not the one of before.
   *
   * @throws KafkaException if the broker is not there, or refuses
   */
  synchronized void provideAndTell() {
    TopicReport report = topics.provision(ROUND);
    if (!report.created().isEmpty()) {
      LOG.infof("Made topics: %s", String.join(" ", report.created()));
    }
    if (!before.map(TopicReport::differences).equals(Optional.of(report.differences()))) {
      warnOf(report.differences());
    }
    if (isRebuilt(report) || isTime()) {
      LOG.info("The catalog is announced again.");
      catalog.again();
      settings.again();
      tokens.again();
      announcedAt = System.nanoTime();
    }
    before = Optional.of(report);
  }

  /** At the first look nothing is known to compare with; then the start itself reconciles. */
  private boolean isRebuilt(TopicReport report) {
    return Stream.of(Topics.MODEL_DESCRIBED, Topics.SITE_DESCRIBED, Topics.ACCESS_CHANGED)
        .map(TopicSpec::name)
        .anyMatch(
            topic ->
                before
                    .map(TopicReport::ids)
                    .filter(ids -> !Objects.equals(ids.get(topic), report.ids().get(topic)))
                    .isPresent());
  }

  private boolean isTime() {
    return System.nanoTime() - announcedAt > ANNOUNCED_AGAIN.toNanos();
  }

  private static void warnOf(List<TopicReport.Difference> differences) {
    differences.forEach(
        difference ->
            LOG.warnf(
                "Topic %s: %s is %s, the contract says %s.",
                difference.topic(),
                difference.setting(),
                difference.actual(),
                difference.wanted()));
  }

  private boolean stoppedWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private Condition condition() {
    if (!states.caughtUp()) {
      return Condition.starting("reading " + String.join(" ", states.behind()));
    }
    try {
      OutboxBacklog.Waiting waiting = backlog.waiting();
      Condition now =
          waiting.oldestSeconds() > LATE_SECONDS
              ? Condition.degraded(waiting.pending() + " records wait to be published")
              : shelf.trouble().map(Condition::degraded).orElseGet(Condition::ready);
      return now.behindBy(lag.records());
    } catch (RuntimeException e) {
      if (!Outage.of(e)) {
        LOG.warn("The outbox cannot be looked at.", e);
      }
      return Condition.degraded("the database does not answer");
    }
  }
}
