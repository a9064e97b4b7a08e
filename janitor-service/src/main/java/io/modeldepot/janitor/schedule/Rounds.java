package io.modeldepot.janitor.schedule;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.janitor.backup.BackupMetrics;
import io.modeldepot.janitor.backup.ScheduleSeen;
import io.modeldepot.janitor.crew.Crew;
import io.modeldepot.janitor.job.JobBook;
import io.modeldepot.janitor.job.OwnRequests;
import io.modeldepot.janitor.site.Retention;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks for what is due, and asks for it. One thread. */
@ApplicationScoped
public class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final ScheduleSettings settings;
  private final Crew crew;
  private final VolumeKeeper volume;
  private final KafkaConnection connection;
  private final Announcer announcer;
  private final Clock clock;
  private final BackupMetrics backupMetrics;
  private final StateTable<SiteDescribed> site = StateTable.byGeneration(SiteDescribed::generation);
  private @Nullable StateTopicReader<SiteDescribed> reader;
  private @Nullable Thread thread;

  @Inject
  Rounds(
      ScheduleSettings settings,
      Crew crew,
      VolumeKeeper volume,
      KafkaConnection connection,
      Announcer announcer,
      Clock clock,
      BackupMetrics backupMetrics) {
    this.settings = settings;
    this.crew = crew;
    this.volume = volume;
    this.connection = connection;
    this.announcer = announcer;
    this.clock = clock;
    this.backupMetrics = backupMetrics;
  }

  void start(@Observes StartupEvent event) {
    if (!settings.enabled()) {
      return;
    }
    StateTopicReader<SiteDescribed> opened =
        StateTopicReader.start(connection, Topics.SITE_DESCRIBED, SiteDescribed.class, site);
    reader = opened;
    thread = Thread.ofVirtual().name("rounds").start(() -> keepLooking(opened));
  }

  void stop(@Observes ShutdownEvent event) {
    if (thread != null) {
      thread.interrupt();
    }
    if (reader != null) {
      reader.close();
    }
  }

  private void keepLooking(StateTopicReader<SiteDescribed> opened) {
    try {
      while (true) {
        Thread.sleep(settings.lookEvery());
        // Only whoever works on the volume asks, and only once it knows what the site wishes.
        Optional<Shelf> shelf = volume.shelf();
        if (shelf.isPresent() && crew.works() && opened.isCaughtUp()) {
          look(shelf.get());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("rounds end");
    }
  }

  private void look(Shelf shelf) throws InterruptedException {
    try {
      Instant now = clock.instant();
      List<Ticks.Due> due =
          new ArrayList<>(Ticks.ofSchedules(site.all().values(), volume.location(), now));
      SpaceLedger.Balance balance = shelf.store().space().balance();
      Retention retention =
          site.get(Retention.KEY)
              .map(setting -> Retention.of(setting.value()))
              .orElse(Retention.USUAL);
      JobBook book = new JobBook(shelf.store());
      Optional<Ticks.Due> full =
          Ticks.ofWatermarks(
              retention, volume.location(), balance.capacityBytes(), balance.freeBytes(), now);
      if (full.isPresent() && book.read(full.get().id()).isEmpty()) {
        new OwnRequests(shelf.store())
            .remember(Wire.readCommand(Wire.write(full.get().payload()), CleanupDue.class));
        due.add(full.get());
      }
      Ticks.BackupsDue backups = Ticks.ofBackups(site.all().values(), volume.location(), now);
      Instant since = new ScheduleSeen(shelf.store()).since(backups.schedule(), now);
      backupMetrics.due(backups.at().filter(at -> !at.isBefore(since)));
      for (Ticks.Due one : due) {
        if (book.read(one.id()).isEmpty()) {
          ask(one);
        }
      }
    } catch (IOException | UnreadablePayload | RuntimeException e) {
      LOG.warnf("What is due could not be asked for yet: %s", e.getMessage());
    }
  }

  private void ask(Ticks.Due due) throws InterruptedException {
    try {
      Object payload =
          due.topic().equals(Topics.CLEANUP_DUE)
              ? Wire.readCommand(Wire.write(due.payload()), CleanupDue.class)
              : Wire.readCommand(Wire.write(due.payload()), BackupDue.class);
      var unused =
          announcer
              .announce(
                  Announcement.of(due.topic(), volume.location().value(), payload)
                      .withId(due.id().value()))
              .get();
      LOG.infof("Asked for %s", due.id());
    } catch (UnreadablePayload e) {
      LOG.warnf("The schedule of %s has no command that can be read: %s", due.id(), e.detail());
    } catch (ExecutionException e) {
      LOG.warnf("%s could not be asked for yet: %s", due.id(), e.getMessage());
    }
  }
}
