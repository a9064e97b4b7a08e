package io.modeldepot.registry.intake;

import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.kit.topic.TopicReport;
import io.modeldepot.registry.outbox.OutboxBacklog;
import io.modeldepot.registry.problem.Outage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes missing topics and says every ten seconds that this registry is there and how it is. */
@ApplicationScoped
class Presence {
  private static final Logger LOG = Logger.getLogger(Presence.class);
  private static final int FIRST = 50;
  private static final int LAST = 2000;
  private static final Duration FOR_THE_BROKER = Duration.ofSeconds(3);
  private static final Duration ROUND = Duration.ofMinutes(1);
  private static final long LATE_SECONDS = 30;

  private final TopicProvisioner topics;
  private final Announcer announcer;
  private final ServiceIdentity identity;
  private final StateIntake states;
  private final OutboxBacklog backlog;
  private volatile boolean running = true;
  private @Nullable ServiceReporter reporter;

  Presence(
      KafkaConnection broker,
      Announcer announcer,
      ServiceIdentity identity,
      StateIntake states,
      OutboxBacklog backlog) {
    this.topics = new TopicProvisioner(broker);
    this.announcer = announcer;
    this.identity = identity;
    this.states = states;
    this.backlog = backlog;
  }

  /** Topics come first: who reads one that is not there has to begin again. */
  void provide(@Observes @Priority(FIRST) StartupEvent started) throws InterruptedException {
    Thread providing = Thread.ofVirtual().name("topics").start(this::provide);
    providing.join(FOR_THE_BROKER);
  }

  void report(@Observes @Priority(LAST) StartupEvent started) {
    reporter = ServiceReporter.start(announcer, identity, Clock.systemUTC(), this::condition);
  }

  void stop(@Observes ShutdownEvent stopped) {
    running = false;
    if (reporter != null) {
      reporter.close();
    }
  }

  private void provide() {
    while (running) {
      try {
        TopicReport report = topics.provision(ROUND);
        if (!report.created().isEmpty()) {
          LOG.infof("Made topics: %s", String.join(" ", report.created()));
        }
        report
            .differences()
            .forEach(
                difference ->
                    LOG.warnf(
                        "Topic %s: %s is %s, the contract says %s.",
                        difference.topic(),
                        difference.setting(),
                        difference.actual(),
                        difference.wanted()));
        return;
      } catch (KafkaException e) {
        LOG.warnf("The topics wait for the broker: %s", e.getMessage());
      }
    }
  }

  private Condition condition() {
    if (!states.caughtUp()) {
      return Condition.starting("reading " + String.join(" ", states.behind()));
    }
    try {
      OutboxBacklog.Waiting waiting = backlog.waiting();
      return waiting.oldestSeconds() > LATE_SECONDS
          ? Condition.degraded(waiting.pending() + " records wait to be published")
          : Condition.ready();
    } catch (RuntimeException e) {
      if (!Outage.of(e)) {
        LOG.warn("The outbox cannot be looked at.", e);
      }
      return Condition.degraded("the database does not answer");
    }
  }
}
