package io.modeldepot.registry.notify.absence;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.capacity.Storages;
import io.modeldepot.registry.intake.StateIntake;
import io.modeldepot.registry.notify.Circumstances;
import io.modeldepot.registry.notify.News;
import io.modeldepot.registry.notify.Newsroom;
import io.modeldepot.registry.notify.receiver.NewsKind;
import io.modeldepot.registry.notify.receiver.NotifySettings;
import io.modeldepot.registry.site.SiteSettings;
import io.modeldepot.registry.spread.SpreadSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for what is missing, again and again. Several registries that look find it once. */
@ApplicationScoped
class AbsenceWatch {
  private static final Logger LOG = Logger.getLogger(AbsenceWatch.class);
  private static final int LAST = 2200;
  private static final String SCHEDULE = "schedule/";
  private static final String MISSED = NewsKind.BACKUP_MISSED.word() + "/";
  private static final String LOST = NewsKind.LOCATION_LOST.word() + "/";

  private final SiteSettings site;
  private final Storages storages;
  private final Backups backups;
  private final Circumstances circumstances;
  private final Newsroom newsroom;
  private final StateIntake intake;
  private final NotifySettings settings;
  private final SpreadSettings spread;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);

  AbsenceWatch(
      SiteSettings site,
      Storages storages,
      Backups backups,
      Circumstances circumstances,
      Newsroom newsroom,
      StateIntake intake,
      NotifySettings settings,
      SpreadSettings spread,
      InstantSource clock) {
    this.site = site;
    this.storages = storages;
    this.backups = backups;
    this.circumstances = circumstances;
    this.newsroom = newsroom;
    this.intake = intake;
    this.settings = settings;
    this.spread = spread;
    this.clock = clock;
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    Thread.ofVirtual().name("absence").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void keepLooking() {
    try {
      while (!stopping.await(settings.absence().toMillis(), TimeUnit.MILLISECONDS)) {
        // Before everything is read, what is there would look as if it were missing.
        if (intake.caughtUp()) {
          look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      List<StorageReported> reports = storages.all();
      QuarkusTransaction.requiringNew().run(() -> backups(reports, now));
      QuarkusTransaction.requiringNew().run(() -> locations(reports, now));
    } catch (RuntimeException e) {
      LOG.warnf("What is missing could not be looked for this time: %s", e.getMessage());
    }
  }

  /** Schedules at their locations. What no schedule asks for any more is not missed. */
  private void backups(List<StorageReported> reports, Instant now) {
    Set<String> missed = new HashSet<>();
    for (SiteSettings.Standing standing : site.below(SCHEDULE)) {
      String name = standing.setting().key().substring(SCHEDULE.length());
      Expected.of(name, standing.setting().value(), standing.since())
          .ifPresent(
              expected ->
                  reports.stream()
                      .map(StorageReported::location)
                      .filter(at -> expected.location().filter(it -> !it.equals(at)).isEmpty())
                      .filter(at -> isMissed(expected, at, now))
                      .forEach(at -> missed.add(told(expected, at, now))));
    }
    end(MISSED, missed);
  }

  private boolean isMissed(Expected expected, LocationName location, Instant now) {
    return expected
        .overdue(now)
        .filter(due -> !backups.made(location, expected.scope(), due))
        .isPresent();
  }

  private String told(Expected expected, LocationName location, Instant now) {
    Instant due = expected.overdue(now).orElseThrow();
    String circumstance = MISSED + expected.name() + "/" + location;
    newsroom.begins(
        circumstance,
        new News(
            NewsKind.BACKUP_MISSED,
            circumstance + "/" + now.toEpochMilli(),
            "site/schedule/" + expected.name(),
            "The backup that the schedule %s asked for at %s on %s was not made, and the next one is due."
                .formatted(expected.name(), location, Wire.time(due)),
            Map.of(
                "schedule", expected.name(),
                "location", location.value(),
                "scope", expected.scope(),
                "dueAt", Wire.time(due)),
            now));
    return circumstance;
  }

  private void locations(List<StorageReported> reports, Instant now) {
    Set<String> lost = new HashSet<>();
    for (StorageReported report : reports) {
      Instant at = report.reportedAt().plus(spread.lostAfter());
      if (at.isAfter(now)) {
        continue;
      }
      String circumstance = LOST + report.location();
      lost.add(circumstance);
      newsroom.begins(
          circumstance,
          new News(
              NewsKind.LOCATION_LOST,
              circumstance + "/" + at.toEpochMilli(),
              "storage/" + report.location(),
              "%s has not reported since %s: its copies are made elsewhere where models say so."
                  .formatted(report.location(), Wire.time(report.reportedAt())),
              Map.of(
                  "location", report.location().value(),
                  "reportedAt", Wire.time(report.reportedAt())),
              at));
    }
    end(LOST, lost);
  }

  private void end(String prefix, Set<String> stillSo) {
    for (String circumstance : circumstances.below(prefix)) {
      if (!stillSo.contains(circumstance)) {
        boolean unused = circumstances.ends(circumstance);
      }
    }
  }
}
