package io.modeldepot.janitor.scrub;

import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.crew.Crew;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.survey.Survey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads everything again, for ever, the version checked longest ago first. One thread. */
@ApplicationScoped
public class Scrub {
  private static final Logger LOG = Logger.getLogger(Scrub.class);
  private static final Duration BETWEEN_LOOKS_AT_JOBS = Duration.ofSeconds(5);

  private final ScrubSettings settings;
  private final Crew crew;
  private final VolumeKeeper volume;
  private final JobTeller teller;
  private final Clock clock;
  private volatile boolean closing;
  private @Nullable Thread thread;

  @Inject
  Scrub(ScrubSettings settings, Crew crew, VolumeKeeper volume, JobTeller teller, Clock clock) {
    this.settings = settings;
    this.crew = crew;
    this.volume = volume;
    this.teller = teller;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    if (settings.enabled()) {
      thread = Thread.ofVirtual().name("scrub").start(this::keepReading);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    closing = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void keepReading() {
    try {
      while (!closing) {
        Thread.sleep(settings.lookEvery());
        Optional<Shelf> shelf = volume.shelf();
        if (shelf.isPresent() && crew.works()) {
          readWhatIsDue(shelf.get());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("scrub ends");
    }
  }

  private void readWhatIsDue(Shelf shelf) throws InterruptedException {
    try {
      CheckBook book = new CheckBook(shelf.store());
      book.keepOnly(shelf.store().surveyor().versions());
      Optional<Survey.Version> next = next(shelf, book);
      while (next.isPresent() && !over()) {
        read(shelf, next.get());
        next = next(shelf, book);
      }
    } catch (Pace.Stopped e) {
      LOG.debug("scrub stops");
    } catch (IOException | RuntimeException e) {
      if (!over()) {
        LOG.warnf("The scrub goes on later: %s", e.getMessage());
      }
    }
  }

  private void read(Shelf shelf, Survey.Version version) throws IOException, InterruptedException {
    Busy busy = new Busy(shelf);
    var report =
        new VersionCheck(shelf.store(), teller, volume.location(), clock)
            .check(
                version.model(),
                version.commit(),
                VersionCheck.Cause.SCRUB,
                shelf.store().verifier(),
                new Pace(settings.bytesPerSecond(), busy::now, this::over));
    if (report.isPresent() && report.get().damaged()) {
      LOG.errorf("%s is damaged: %s", version.shown(), report.get().findings());
    }
  }

  /** The version checked longest ago, if that is long enough; one never checked came just now. */
  private Optional<Survey.Version> next(Shelf shelf, CheckBook book) throws IOException {
    List<Survey.Version> versions = shelf.store().surveyor().versions();
    Instant due = clock.instant().minus(settings.every());
    Survey.Version next = null;
    Instant oldest = due;
    for (Survey.Version version : versions) {
      Instant checked =
          book.last(version.model(), version.commit())
              .map(CheckBook.Check::checkedAt)
              .orElse(version.publishedAt());
      if (checked.isBefore(oldest)) {
        oldest = checked;
        next = version;
      }
    }
    return Optional.ofNullable(next);
  }

  private boolean over() {
    return closing || !crew.works() || volume.shelf().isEmpty();
  }

  /** Whether downloads run, looked at now and then. */
  private static final class Busy {
    private final Shelf shelf;
    private final AtomicBoolean last = new AtomicBoolean();
    private long lookedNanos;

    Busy(Shelf shelf) {
      this.shelf = shelf;
      this.lookedNanos = System.nanoTime() - BETWEEN_LOOKS_AT_JOBS.toNanos();
    }

    synchronized boolean now() {
      if (System.nanoTime() - lookedNanos >= BETWEEN_LOOKS_AT_JOBS.toNanos()) {
        lookedNanos = System.nanoTime();
        try {
          last.set(!shelf.store().journals().claimed().isEmpty());
        } catch (IOException e) {
          last.set(true);
        }
      }
      return last.get();
    }
  }
}
