package io.modeldepot.downloader.announce;

import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Tells how full the volume is: every minute, and soon after something changed. */
@ApplicationScoped
public class StorageTeller {
  private static final Logger LOG = Logger.getLogger(StorageTeller.class);

  private final VolumeKeeper volume;
  private final Announcer announcer;
  private final AnnounceSettings settings;
  private final StorageMetrics metrics;
  private final Semaphore asked = new Semaphore(0);

  @Inject
  StorageTeller(
      VolumeKeeper volume, Announcer announcer, AnnounceSettings settings, StorageMetrics metrics) {
    this.volume = volume;
    this.announcer = announcer;
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Something changed; tell soon. */
  public void changed() {
    asked.release();
  }

  /** Tells until interrupted. */
  public void keepTelling() throws InterruptedException {
    while (true) {
      Shelf shelf = volume.await();
      asked.drainPermits();
      tell(shelf);
      boolean unused = asked.tryAcquire(settings.storageEvery().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tell(Shelf shelf) {
    try {
      StorageReported report =
          shelf.store().accounts().report(settings.mirrorUrls().orElseGet(java.util.List::of));
      metrics.counted(report);
      CompletableFuture<?> unused =
          announcer
              .announce(Topics.STORAGE_REPORTED, volume.location().value(), report)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      LOG.debug("A storage report did not get through.", failure);
                    }
                  });
    } catch (IOException | RuntimeException e) {
      LOG.warnf("The volume's bytes could not be counted: %s", e);
    }
  }
}
