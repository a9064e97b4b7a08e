package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.StorageTeller;
import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.JanitorNews;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.engine.EngineKeeper;
import io.modeldepot.downloader.peer.Peers;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
import io.modeldepot.kit.state.StateTopics;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.kit.topic.TopicReport;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts everything that works by itself, in order, and stops it. */
@ApplicationScoped
public class Crew {
  private static final Logger LOG = Logger.getLogger(Crew.class);
  private static final Duration TO_GIVE_BACK = Duration.ofSeconds(15);
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);

  private final TopicProvisioner topics;
  private final Catalog catalog;
  private final KnownVersions known;
  private final Peers peers;
  private final JanitorNews janitor;
  private final VolumeKeeper volume;
  private final JobBoard board;
  private final Follower follower;
  private final StorageTeller storage;
  private final EngineKeeper engines;
  private final StateTopics states;
  private final Announcer announcer;
  private final ServiceIdentity identity;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean provisioned;
  private @Nullable ServiceReporter reporter;

  @Inject
  Crew(
      TopicProvisioner topics,
      Catalog catalog,
      KnownVersions known,
      JanitorNews janitor,
      Peers peers,
      VolumeKeeper volume,
      JobBoard board,
      Follower follower,
      StorageTeller storage,
      EngineKeeper engines,
      KafkaConnection connection,
      Announcer announcer,
      ServiceIdentity identity) {
    this.topics = topics;
    this.catalog = catalog;
    this.known = known;
    this.janitor = janitor;
    this.peers = peers;
    this.volume = volume;
    this.board = board;
    this.follower = follower;
    this.storage = storage;
    this.engines = engines;
    this.states = new StateTopics(connection);
    this.announcer = announcer;
    this.identity = identity;
  }

  /** Work that ends by interruption. */
  @FunctionalInterface
  private interface Endless {
    void run() throws InterruptedException;
  }

  /** Before the intake connects, so that its topic is there. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    catalog.follow(follower::changed);
    catalog.follow(model -> board.wake());
    janitor.follow(follower::announce);
    Thread provisioning = thread("topics", this::provision);
    try {
      boolean unused = provisioning.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    catalog.join(states);
    known.join(states);
    janitor.join(states);
    peers.join(states);
    engines.join(states);
    states.start();
    thread("jobs", board::keepLooking);
    thread("follower", follower::keepFollowing);
    thread("storage", storage::keepTelling);
    thread("engines", engines::keep);
    reporter = ServiceReporter.start(announcer, identity, Clock.systemUTC(), this::condition);
  }

  /** Jobs first, then their claims, then what they were told by. */
  void stop(@Observes ShutdownEvent event) {
    try {
      board.close(TO_GIVE_BACK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.forEach(Thread::interrupt);
    volume.close();
    states.close();
    if (reporter != null) {
      reporter.close();
    }
  }

  /** What keeps us from working; empty when nothing does. */
  public Optional<String> obstacle() {
    if (!provisioned) {
      return Optional.of("The broker is not there, or refused to make the topics.");
    }
    if (!topicsAreRead()) {
      return Optional.of("The state topics are not read to their end yet.");
    }
    return volume.absence();
  }

  /** Until the topics are read it is starting; what is missing later is something wrong. */
  private Condition condition() {
    return obstacle()
        .map(why -> topicsAreRead() ? Condition.degraded(why) : Condition.starting(why))
        .orElseGet(Condition::ready);
  }

  private boolean topicsAreRead() {
    return provisioned && catalog.isComplete() && known.isComplete() && peers.isComplete();
  }

  private void provision() throws InterruptedException {
    while (!provisioned) {
      try {
        TopicReport report = topics.provision(BROKER_PATIENCE);
        report
            .differences()
            .forEach(
                it ->
                    LOG.warnf(
                        "Topic %s has %s=%s, the contract says %s",
                        it.topic(), it.setting(), it.actual(), it.wanted()));
        provisioned = true;
      } catch (KafkaException e) {
        LOG.warnf("The topics cannot be made yet: %s", e.getMessage());
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  private Thread thread(String name, Endless work) {
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (InterruptedException e) {
                    LOG.debugf("%s ends", name);
                  } catch (RuntimeException e) {
                    LOG.errorf(e, "%s ended by a fault of ours", name);
                  }
                });
    threads.add(thread);
    return thread;
  }
}
