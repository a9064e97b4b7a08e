package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.JobTeller;
import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.downloader.catalog.KnownVersions;
import io.modeldepot.downloader.fetch.PartChanges;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.preflight.Resolver;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Observation;
import io.modeldepot.store.journal.Journals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Which jobs there are, and which of them are in our hands. */
@ApplicationScoped
public class JobBoard {
  private static final Logger LOG = Logger.getLogger(JobBoard.class);
  private static final int DEFAULT_PRIORITY = 5;

  /** What broke a moment ago would break again at once. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final VolumeKeeper volume;
  private final BooleanSupplier topicsAreRead;
  private final Watching metrics;
  private final JobSettings settings;
  private final Slots slots;
  private final Tools tools;
  private final Map<RequestId, JobRun> runs = new ConcurrentHashMap<>();
  private final Map<RequestId, Workers.Worker> workers = new ConcurrentHashMap<>();
  private final Map<RequestId, Instant> restingUntil = new ConcurrentHashMap<>();
  private final Set<RequestId> unreadable = new HashSet<>();
  private final Semaphore news = new Semaphore(0);
  private final Workers hands;
  private final Timekeeper time;
  private volatile boolean closing;

  @Inject
  JobBoard(
      VolumeKeeper volume,
      Catalog catalog,
      KnownVersions known,
      Stages stages,
      Resolver resolver,
      JobTeller teller,
      DownloadMetrics metrics,
      Tracing tracing,
      JobSettings settings) {
    this(
        volume,
        () -> catalog.isComplete() && known.isComplete(),
        stages,
        job -> resolver.entry(job).isPresent(),
        teller,
        metrics,
        tracing,
        settings,
        Timekeeper.system(),
        Workers.virtual());
  }

  /**
   * A board that lives in a time of its own.
   *
   * @param topicsAreRead whether everything was read that the topics said at the start
   * @param inCatalog whether the catalog has what a job waits for
   */
  public JobBoard(
      VolumeKeeper volume,
      BooleanSupplier topicsAreRead,
      StageOf stages,
      Predicate<Job> inCatalog,
      JobTeller teller,
      Watching metrics,
      Tracing tracing,
      JobSettings settings,
      Timekeeper time,
      Workers hands) {
    this.volume = volume;
    this.topicsAreRead = topicsAreRead;
    this.metrics = metrics;
    this.settings = settings;
    this.slots = new Slots(settings.slots());
    this.time = time;
    this.hands = hands;
    this.tools =
        new Tools(
            stages, new PartChanges(), teller, metrics, new Ends(), inCatalog::test, tracing, time);
  }

  /** There is a new job, or a wish to cancel one: look now. */
  public void wake() {
    news.release();
  }

  /** Whether one more job would be begun at once. */
  public boolean hasFreeSlot() {
    return slots.isAnyFree();
  }

  /** Looks every second until interrupted. */
  void keepLooking() throws InterruptedException {
    while (!closing) {
      try {
        look();
      } catch (IOException | RuntimeException e) {
        LOG.warn("The list of jobs could not be read; trying again.", e);
      }
      boolean unused = news.tryAcquire(settings.lookEvery().toMillis(), TimeUnit.MILLISECONDS);
      news.drainPermits();
    }
  }

  /** Gives every job back where it is. */
  public void close(Duration patience) throws InterruptedException {
    closing = true;
    wake();
    runs.values().forEach(JobRun::giveBack);
    Instant end = time.now().plus(patience);
    for (Workers.Worker worker : workers.values()) {
      Duration left = Duration.between(time.now(), end);
      if (left.isPositive()) {
        boolean unused = worker.join(left);
      }
    }
  }

  /**
   * Takes what is free or abandoned, and tells those at work what they are to know. Once.
   *
   * @throws IOException if the list of jobs cannot be read
   */
  public void look() throws IOException {
    Optional<Shelf> shelf = volume.look();
    if (shelf.isEmpty()) {
      runs.values().forEach(JobRun::drop);
      return;
    }
    // No job is decided on before everything was read that the topics say.
    if (!topicsAreRead.getAsBoolean()) {
      return;
    }
    List<Job> jobs = freeJobs(shelf.get());
    share(jobs);
    for (JobRun run : runs.values()) {
      if (shelf.get().store().journals().cancelRequested(run.job().id())) {
        run.cancelOwn();
      }
      run.tick();
    }
    for (Job job : jobs) {
      try {
        consider(shelf.get(), job);
      } catch (IOException e) {
        // One job that the volume refuses must not hold up those behind it.
        LOG.warnf("Job %s cannot be taken yet: %s", job.id(), e.getMessage());
      }
    }
    metrics.running(runs.values().stream().map(JobRun::job).toList());
  }

  /** Jobs that nobody holds, or whose holder stands still; the most urgent first. */
  private List<Job> freeJobs(Shelf shelf) throws IOException {
    Journals journals = shelf.store().journals();
    List<Job> free = new ArrayList<>();
    for (RequestId id : journals.claimed()) {
      if (!runs.containsKey(id) && !isResting(id) && isToBeHad(shelf, id)) {
        read(journals, id).ifPresent(free::add);
      }
    }
    free.sort(
        Comparator.comparing((Job job) -> -job.command().priority().orElse(DEFAULT_PRIORITY))
            .thenComparing(Job::createdAt));
    return free;
  }

  private boolean isResting(RequestId id) {
    Instant end = restingUntil.get(id);
    if (end == null || time.now().isBefore(end)) {
      return end != null;
    }
    restingUntil.remove(id);
    return false;
  }

  private boolean isToBeHad(Shelf shelf, RequestId id) {
    try {
      return switch (shelf.claims().observe(shelf.store().claimPlace(id))) {
        case Observation.Free _, Observation.Abandoned _ -> true;
        case Observation.Held _, Observation.Absent _ -> false;
        case Observation.Unclear unclear -> leaveAlone(id, unclear.detail());
      };
    } catch (IOException e) {
      return leaveAlone(id, String.valueOf(e.getMessage()));
    }
  }

  private boolean leaveAlone(RequestId id, String why) {
    if (unreadable.add(id)) {
      LOG.errorf("downloads/%s is left alone: %s", id, why);
    }
    return false;
  }

  /** A claim without a journal is of a command that is not acknowledged: it will come again. */
  private Optional<Job> read(Journals journals, RequestId id) {
    try {
      return journals.read(id).map(JobJournal::read);
    } catch (IOException | IllegalArgumentException e) {
      boolean unused = leaveAlone(id, "its journal cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Joined jobs are in nobody's hands; whoever holds the host counts them in. */
  private void share(List<Job> jobs) {
    Map<RequestId, List<RequestId>> byHost = new HashMap<>();
    for (Job job : jobs) {
      if (job.state() instanceof JobState.Joined joined) {
        byHost.computeIfAbsent(joined.host(), host -> new ArrayList<>()).add(job.id());
      }
    }
    runs.forEach((id, run) -> run.sharedWith(byHost.getOrDefault(id, List.of())));
  }

  private void consider(Shelf shelf, Job job) throws IOException {
    boolean cancelled = shelf.store().journals().cancelRequested(job.id());
    switch (job.state()) {
      case JobState.Joined joined -> {
        if (cancelled || tools.ends().isOver(shelf, joined.host())) {
          take(shelf, job, slots.none(), cancelled);
        }
      }
      case JobState.Waiting _, JobState.Final _ -> take(shelf, job, slots.none(), cancelled);
      case JobState.Requested _, JobState.Resolving _, JobState.AtCommit _ -> {
        if (cancelled || time.now().isAfter(job.expiresAt())) {
          take(shelf, job, slots.none(), cancelled);
        } else {
          Optional<Slots.Slot> slot = slots.tryTake();
          if (slot.isPresent()) {
            take(shelf, job, slot.get(), false);
          }
        }
      }
    }
  }

  private void take(Shelf shelf, Job seen, Slots.Slot slot, boolean cancelled) throws IOException {
    boolean started = false;
    try {
      Path place = shelf.store().claimPlace(seen.id());
      Optional<Claim> claim = shelf.claims().takeIfPossible(place);
      // Between the look and the claim somebody may have worked on it: what counts is read now.
      Optional<Job> job =
          claim.isPresent() ? read(shelf.store().journals(), seen.id()) : Optional.empty();
      if (claim.isPresent() && job.isEmpty()) {
        claim.get().close();
      } else if (claim.isPresent()) {
        start(new JobRun(shelf, claim.get(), job.get(), slot, tools), cancelled);
        started = true;
      }
    } finally {
      if (!started) {
        slot.leave();
      }
    }
  }

  private void start(JobRun run, boolean cancelled) {
    RequestId id = run.job().id();
    runs.put(id, run);
    if (cancelled) {
      run.cancelOwn();
    }
    Workers.Worker worker =
        hands.unstarted(
            "job-" + id,
            () -> {
              try {
                run.run();
              } finally {
                if (run.broke()) {
                  restingUntil.put(id, time.now().plus(REST));
                }
                runs.remove(id);
                workers.remove(id);
                wake();
              }
            });
    workers.put(id, worker);
    worker.start();
    if (closing) {
      run.giveBack();
    }
  }
}
