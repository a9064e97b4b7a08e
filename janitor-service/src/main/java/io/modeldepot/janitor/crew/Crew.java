package io.modeldepot.janitor.crew;

import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.job.JobBook;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.report.Condition;
import io.modeldepot.kit.report.ServiceReporter;
import io.modeldepot.kit.topic.TopicProvisioner;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts everything that works by itself, in order, and stops it. */
@ApplicationScoped
public class Crew {
  private static final Logger LOG = Logger.getLogger(Crew.class);
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final TopicProvisioner topics;
  private final VolumeKeeper volume;
  private final Instance<Worker> workers;
  private final JobTeller teller;
  private final Announcer announcer;
  private final ServiceIdentity identity;
  private final CrewSettings settings;
  private final Clock clock;
  private final Tracing tracing;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Lane, Semaphore> news = new EnumMap<>(Lane.class);
  private volatile boolean provisioned;
  private volatile boolean closing;
  private volatile @Nullable Claim claim;
  private @Nullable ServiceReporter reporter;

  @Inject
  Crew(
      TopicProvisioner topics,
      VolumeKeeper volume,
      @Any Instance<Worker> workers,
      JobTeller teller,
      Announcer announcer,
      ServiceIdentity identity,
      CrewSettings settings,
      Clock clock,
      Tracing tracing) {
    this.topics = topics;
    this.volume = volume;
    this.workers = workers;
    this.teller = teller;
    this.announcer = announcer;
    this.identity = identity;
    this.settings = settings;
    this.clock = clock;
    this.tracing = tracing;
    for (Lane lane : Lane.values()) {
      news.put(lane, new Semaphore(0));
    }
  }

  /** Work that ends by interruption. */
  @FunctionalInterface
  private interface Endless {
    void run() throws InterruptedException;
  }

  /** Before the intake connects, so that its topic is there. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    Thread provisioning = thread("topics", this::provision);
    try {
      boolean unused = provisioning.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread("volume", this::keepLooking);
    List<Worker> all = workers.stream().toList();
    for (Lane lane : Lane.values()) {
      LaneRun run = new LaneRun(lane, all, teller, clock, settings.retryAfter(), tracing);
      thread("lane-" + lane, () -> keepWorking(run));
    }
    reporter = ServiceReporter.start(announcer, identity, clock, this::condition);
  }

  /** Workers first, then the claims that they work under. */
  void stop(@Observes ShutdownEvent event) {
    closing = true;
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        boolean unused = thread.join(TO_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    volume.close();
    if (reporter != null) {
      reporter.close();
    }
  }

  /** There is a new job: look now. */
  public void wake() {
    news.values().forEach(Semaphore::release);
  }

  /** Whether this process is the one that works on the volume. */
  public boolean works() {
    Claim held = claim;
    return held != null && !held.isOver();
  }

  /** What keeps us from working; empty when nothing does, also while another janitor works. */
  public Optional<String> obstacle() {
    return provisioned
        ? volume.absence()
        : Optional.of("The broker is not there, or refused to make the topics.");
  }

  private Condition condition() {
    return obstacle()
        .map(why -> provisioned ? Condition.degraded(why) : Condition.starting(why))
        .orElseGet(Condition::ready);
  }

  private void keepLooking() throws InterruptedException {
    while (!closing) {
      try {
        Optional<Shelf> shelf = volume.look();
        if (shelf.isPresent() && !works()) {
          take(shelf.get());
        }
      } catch (IOException | RuntimeException e) {
        LOG.warnf("The janitor's claim could not be taken yet: %s", e.getMessage());
      }
      Thread.sleep(settings.lookEvery());
    }
  }

  /** Becomes the one janitor of the volume, if nobody alive is. */
  private void take(Shelf shelf) throws IOException {
    Path place = shelf.store().janitorClaim();
    boolean unused = shelf.claims().create(place);
    Optional<Claim> taken = shelf.claims().takeIfPossible(place);
    if (taken.isPresent()) {
      new JobBook(shelf.store()).forgetOld(clock.instant());
      claim = taken.get();
      LOG.info("This janitor works on the volume.");
      wake();
    }
  }

  private void keepWorking(LaneRun lane) throws InterruptedException {
    Semaphore waker = Objects.requireNonNull(news.get(lane.lane()));
    while (!closing) {
      try {
        Optional<Shelf> shelf = volume.shelf();
        if (shelf.isPresent() && works()) {
          lane.work(shelf.get(), it -> !closing && works());
        }
      } catch (IOException | RuntimeException e) {
        LOG.warnf(e, "The jobs of %s could not be read; trying again.", lane.lane());
      }
      boolean unused = waker.tryAcquire(settings.lookEvery().toMillis(), TimeUnit.MILLISECONDS);
      waker.drainPermits();
    }
  }

  private void provision() throws InterruptedException {
    while (!provisioned) {
      try {
        topics
            .provision(BROKER_PATIENCE)
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
