package io.modeldepot.janitor.crew;

import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.announce.BrokerAway;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.JobBook;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.janitor.site.SiteUnknown;
import io.modeldepot.kit.trace.Step;
import io.modeldepot.kit.trace.StepKind;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.kit.trace.Working;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** The jobs of one lane, one after the other. One thread. */
final class LaneRun {
  private static final Logger LOG = Logger.getLogger(LaneRun.class);
  private static final Duration BETWEEN_TELLS = Duration.ofSeconds(1);

  private final Lane lane;
  private final List<Worker> workers;
  private final JobTeller teller;
  private final Clock clock;
  private final Duration rest;
  private final Tracing tracing;
  private final Map<String, Instant> restingUntil = new HashMap<>();

  LaneRun(
      Lane lane,
      List<Worker> workers,
      JobTeller teller,
      Clock clock,
      Duration rest,
      Tracing tracing) {
    this.lane = lane;
    this.workers = workers.stream().filter(worker -> worker.lane() == lane).toList();
    this.teller = teller;
    this.clock = clock;
    this.rest = rest;
    this.tracing = tracing;
  }

  Lane lane() {
    return lane;
  }

  /**
   * Works until there is nothing left to do.
   *
   * @param mayGoOn asked before every job
   */
  void work(Shelf shelf, Predicate<Shelf> mayGoOn) throws IOException, InterruptedException {
    JobBook book = new JobBook(shelf.store());
    while (mayGoOn.test(shelf)) {
      Optional<Task> next = next(book);
      if (next.isEmpty()) {
        return;
      }
      one(book, next.get(), shelf);
    }
  }

  /** A job and who does it. */
  private record Task(MaintenanceJob job, Worker worker) {}

  private Optional<Task> next(JobBook book) throws IOException {
    for (MaintenanceJob job : book.all()) {
      if (job.isOver() && job.told()) {
        continue;
      }
      Instant until = restingUntil.get(job.requestId().value());
      if (until != null && clock.instant().isBefore(until)) {
        continue;
      }
      Optional<Worker> worker = workers.stream().filter(it -> it.takes(job.asked())).findFirst();
      if (worker.isPresent()) {
        return Optional.of(new Task(job, worker.get()));
      }
    }
    return Optional.empty();
  }

  private void one(JobBook book, Task task, Shelf shelf) throws InterruptedException {
    MaintenanceJob job = task.job();
    String what = job.kind().name().toLowerCase(Locale.ROOT);
    try (Step step = tracing.begin(what, StepKind.CONSUMER, job.traceparent());
        Working.Scope _ =
            Working.on(
                Optional.of(step.traceparent()),
                Map.of(Working.REQUEST_ID, job.requestId().value()))) {
      step.with("modeldepot.request_id", job.requestId().value());
      if (!job.isOver()) {
        job = run(book, task, shelf);
      }
      job.problem().ifPresent(problem -> step.failed(problem.code().code()));
      teller.tellEnd(job);
      book.write(job.toldOf());
      restingUntil.remove(job.requestId().value());
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        // This process ends; the job is where it is, and the next process goes on with it.
        throw new InterruptedException(String.valueOf(e.getMessage()));
      }
      restingUntil.put(job.requestId().value(), clock.instant().plus(rest));
      LOG.warnf(e, "Job %s rests for %d s: %s", job.requestId(), rest.toSeconds(), e.getMessage());
      if (!job.isOver()) {
        waiting(book, job, e, shelf);
      }
    }
  }

  private MaintenanceJob run(JobBook book, Task task, Shelf shelf)
      throws IOException, InterruptedException {
    MaintenanceJob job = task.job();
    boolean begun = job.state() != MaintenanceState.ACCEPTED;
    MaintenanceJob ended;
    if (!begun && clock.instant().isAfter(job.expiresAt())) {
      ended = job.ended(new Ending.Expired(), clock.instant());
    } else {
      MaintenanceJob running = job.in(MaintenanceState.RUNNING, Optional.empty(), clock.instant());
      book.write(running);
      teller.tell(running);
      Voice voice = new Voice(running);
      Ending ending = task.worker().work(running, shelf, voice);
      ended = voice.last().ended(ending, clock.instant());
    }
    // Who took over meanwhile goes on with the job, and writes down how it ends.
    shelf.requireHeld(shelf.store().janitorClaim());
    book.write(ended);
    LOG.infof("Job %s: %s", ended.requestId(), ended.state());
    return ended;
  }

  private void waiting(JobBook book, MaintenanceJob job, Exception why, Shelf shelf) {
    if (isAnothers(shelf)) {
      LOG.warnf("Job %s is gone on with by the janitor that took over.", job.requestId());
      return;
    }
    MaintenanceJob waiting =
        job.in(
            MaintenanceState.WAITING,
            Optional.of(Problem.of(code(why), String.valueOf(why.getMessage()))),
            clock.instant());
    teller.tell(waiting);
    try {
      book.write(waiting);
    } catch (IOException e) {
      LOG.debug("That a job waits could not be written down; it is still to be done.", e);
    }
  }

  /** Whether the volume is here and this process is no longer its janitor. */
  private static boolean isAnothers(Shelf shelf) {
    try {
      shelf.store().volume().requireStillHere();
      shelf.requireHeld(shelf.store().janitorClaim());
      return false;
    } catch (ClaimLost e) {
      return true;
    } catch (IOException e) {
      // Nobody knows: the volume is away, for another janitor too.
      return false;
    }
  }

  private static ProblemCode code(Exception why) {
    return switch (why) {
      case BrokerAway _, SiteUnknown _ -> ProblemCode.BROKER_UNAVAILABLE;
      case IOException _ -> ProblemCode.VOLUME_ERROR;
      default -> ProblemCode.INTERNAL;
    };
  }

  /** Tells of a job's progress, at most once in a while. */
  private final class Voice implements Consumer<Progress> {
    private MaintenanceJob last;
    private Instant toldAt = Instant.EPOCH;

    Voice(MaintenanceJob job) {
      this.last = job;
    }

    synchronized MaintenanceJob last() {
      return last;
    }

    @Override
    public synchronized void accept(Progress progress) {
      Instant now = clock.instant();
      last = last.with(progress, now);
      if (Duration.between(toldAt, now).abs().compareTo(BETWEEN_TELLS) >= 0) {
        teller.tell(last);
        toldAt = now;
      }
    }
  }
}
