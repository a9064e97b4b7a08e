package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.StorageTeller;
import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.JanitorNews;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.engine.EngineKeeper;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
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
  private final JanitorNews janitor;
  private final VolumeKeeper volume;
  private final JobBoard board;
  private final Follower follower;
  private final StorageTeller storage;
  private final EngineKeeper engines;
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
      VolumeKeeper volume,
      JobBoard board,
      Follower follower,
      StorageTeller storage,
      EngineKeeper engines,
      Announcer announcer,
      ServiceIdentity identity) {
    this.topics = topics;
    this.catalog = catalog;
    this.known = known;
    this.janitor = janitor;
    this.volume = volume;
    this.board = board;
    this.follower = follower;
    this.storage = storage;
    this.engines = engines;
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
    catalog.open();
    known.open();
    janitor.close();
