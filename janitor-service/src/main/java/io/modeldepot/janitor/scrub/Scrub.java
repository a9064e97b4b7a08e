package io.modeldepot.janitor.scrub;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.janitor.crew.Crew;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.survey.Survey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything again, for ever, what was read longest ago first: versions file by file, what
 * lies in the archive, and blobs that no version has. One thread.
 */
@ApplicationScoped
public class Scrub {
  private static final Logger LOG = Logger.getLogger(Scrub.class);

  /** What becomes due meanwhile, and repairs that end, are looked for so often. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(10);

  private static final int LOOKING_IS_ONE_OF = 20;

  /** A note and a journal are read faster; what takes longer waits for the broker, or a repair. */
  private static final Duration LONGEST_LOOK = Duration.ofMillis(100);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final ScrubSettings settings;
  private final Crew crew;
  private final VolumeKeeper volume;
  private final Damage damage;
  private final Unrepaired unrepaired;
  private final ScrubMetrics metrics;
  private Duration looking = Duration.ZERO;

  /** Of the last look; that is no matter of the volume. */
  private Duration waited = Duration.ZERO;

  private volatile boolean closing;
  private @Nullable Thread thread;

  @Inject
  Scrub(
      ScrubSettings settings,
      Crew crew,
      VolumeKeeper volume,
      Damage damage,
      Unrepaired unrepaired,
      ScrubMetrics metrics) {
    this.settings = settings;
    this.crew = crew;
    this.volume = volume;
    this.damage = damage;
    this.unrepaired = unrepaired;
    this.metrics = metrics;
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
        Thread.sleep(pause());
        Optional<Shelf> shelf = volume.shelf();
        if (shelf.isPresent() && crew.works()) {
          round(shelf.get());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("scrub ends");
    }
  }

  /** On a volume that takes long to look at, looking takes a twentieth of the time at most. */
  private Duration pause() {
    Duration rest = looking.multipliedBy(LOOKING_IS_ONE_OF);
    Duration capped = rest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : rest;
    return capped.compareTo(settings.lookEvery()) > 0 ? capped : settings.lookEvery();
  }

  private void round(Shelf shelf) throws InterruptedException {
    try {
      CheckBook book = new CheckBook(shelf.store());
      List<Survey.Version> versions = shelf.store().surveyor().versions();
      book.keepOnly(versions);
      shelf
          .store()
          .damageMarks()
          .keepOnly(versions.stream().map(Survey.Version::commit).collect(Collectors.toSet()));
      long begun = System.nanoTime();
      // Content that versions share is read once in a round, and again in the next.
      Verifier verifier = shelf.store().verifier();
      List<Due> due = due(shelf, book, versions, verifier);
      looking = Duration.ofNanos(System.nanoTime() - begun).minus(waited);
      long until = System.nanoTime() + LONGEST_ROUND.toNanos();
      for (Due one : due) {
        if (over() || System.nanoTime() > until) {
          return;
        }
        one.reading().read();
      }
      blobs(shelf);
    } catch (Pace.Stopped e) {
      LOG.debug("scrub stops");
    } catch (IOException | RuntimeException e) {
      if (!over()) {
        LOG.warnf("The scrub goes on later: %s", e.getMessage());
      }
    }
  }

  private void read(Shelf shelf, CheckBook book, Survey.Version version, Verifier verifier)
      throws IOException, InterruptedException {
    Optional<VersionReport> report =
        new VersionReading(shelf.store(), book).read(version, List.of(), verifier, pace(shelf));
    if (report.isPresent()) {
      damage.read(shelf, report.get(), cause());
      if (report.get().damaged()) {
        LOG.errorf("%s is damaged: %s", version.shown(), report.get().findings());
      }
    }
  }

  private void read(Shelf shelf, ArchiveReading.Archived archived)
      throws IOException, InterruptedException {
    Instant now = shelf.store().volumesNow();
    damage.archived(
        archived.model(),
        archived.commit(),
        new ArchiveReading(shelf.store()).read(archived, now, pace(shelf)),
        cause());
  }

  private void blobs(Shelf shelf) throws IOException {
    ModelStore store = shelf.store();
    BlobReading reading = new BlobReading(store);
    Instant now = store.volumesNow();
    for (Sha256 damaged : reading.read(now.minus(settings.every()), now, pace(shelf))) {
      metrics.quarantined("blob");
      LOG.errorf("The blob %s was damaged; it is in the quarantine now", damaged);
    }
  }

  /** What to read now: what was repaired, then what was read longest ago. */
  private List<Due> due(
      Shelf shelf, CheckBook book, List<Survey.Version> versions, Verifier verifier)
      throws IOException, InterruptedException {
    Instant now = shelf.store().volumesNow();
    Instant oldest = new BlobReading(shelf.store()).oldest().orElse(now);
    List<Due> all = new ArrayList<>();
    long damaged = 0;
    waited = Duration.ZERO;
    for (Survey.Version version : versions) {
      Reading reading = () -> read(shelf, book, version, verifier);
      if (isRepaired(shelf, version)) {
        all.add(new Due(Instant.MIN, reading));
        damaged++;
        continue;
      }
      Optional<CheckBook.Check> last = book.last(version.model(), version.commit());
      damaged += last.filter(CheckBook.Check::damaged).isPresent() ? 1 : 0;
      // One that was never read again was verified when it came.
      all.add(new Due(last.map(CheckBook.Check::checkedAt).orElse(version.publishedAt()), reading));
    }
    for (ArchiveReading.Archived archived : new ArchiveReading(shelf.store()).all()) {
      damaged += archived.damaged() ? 1 : 0;
      all.add(new Due(archived.readAt(), () -> read(shelf, archived)));
    }
    for (Due one : all) {
      boolean waits = one.readAt().isAfter(Instant.MIN) && one.readAt().isBefore(oldest);
      oldest = waits ? one.readAt() : oldest;
    }
    metrics.oldest(oldest);
    metrics.damagedVersions(damaged);
    return all.stream()
        .filter(one -> one.readAt().isBefore(now.minus(settings.every())))
        .sorted(Comparator.comparing(Due::readAt))
        .toList();
  }

  /** Whether its repair is done, so that it is to be read at once. */
  private boolean isRepaired(Shelf shelf, Survey.Version version)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Unrepaired.End end = damage.between(() -> unrepaired.look(shelf, version));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    waited = took.compareTo(LONGEST_LOOK) > 0 ? waited.plus(took) : waited;
    return end == Unrepaired.End.READ_AGAIN;
  }

  /** What is read, and when it was read last; {@link Instant#MIN} for what is to be read first. */
  private record Due(Instant readAt, Reading reading) {}

  /** Reads something again. */
  private interface Reading {
    /** Reads it, and tells of it. */
    void read() throws IOException, InterruptedException;
  }

  private Cause cause() {
    return settings.repair() ? Cause.SCRUB_AND_REPAIR : Cause.SCRUB;
  }

  private LongConsumer pace(Shelf shelf) {
    Busy busy = new Busy(shelf);
    Pace pace = new Pace(settings.bytesPerSecond(), busy::now, this::over);
    return bytes -> {
      metrics.read(bytes);
      pace.accept(bytes);
    };
  }

  private boolean over() {
    return closing || !crew.works() || volume.shelf().isEmpty();
  }
}
