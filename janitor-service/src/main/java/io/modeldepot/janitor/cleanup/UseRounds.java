package io.modeldepot.janitor.cleanup;

import io.modeldepot.janitor.crew.Crew;
import io.modeldepot.janitor.site.SiteReader;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks a few times a day who needs what, so that the days since the last use are known. */
@ApplicationScoped
public class UseRounds {
  private static final Logger LOG = Logger.getLogger(UseRounds.class);
  private static final Duration AFTER_START = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofHours(6);

  private final Crew crew;
  private final VolumeKeeper volume;
  private final KafkaConnection connection;
  private final Clock clock;
  private final UseMetrics metrics;
  private @Nullable Thread thread;

  @Inject
  UseRounds(
      Crew crew, VolumeKeeper volume, KafkaConnection connection, Clock clock, UseMetrics metrics) {
    this.crew = crew;
    this.volume = volume;
    this.connection = connection;
    this.clock = clock;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("uses").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent event) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void keepLooking() {
    try {
      Thread.sleep(AFTER_START);
      while (true) {
        Optional<Shelf> shelf = volume.shelf();
        boolean looked = shelf.isPresent() && crew.works() && look(shelf.get());
        Thread.sleep(looked ? BETWEEN : AFTER_START);
      }
    } catch (InterruptedException e) {
      LOG.debug("the looks at uses end");
    }
  }

  private boolean look(Shelf shelf) throws InterruptedException {
    try (SiteReader site = SiteReader.open(connection, volume.location(), clock)) {
      site.requireUpToDate();
      metrics.seen(
          new UseBook(shelf.store())
              .look(site.site(), shelf.store().surveyor().versions(), shelf.store().volumesNow()));
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warnf("Who needs what is looked at again later: %s", e.getMessage());
      return false;
    }
  }
}
