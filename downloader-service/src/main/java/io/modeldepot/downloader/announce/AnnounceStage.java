package io.modeldepot.downloader.announce;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** The work of {@code announcing}: until the broker has what the volume says. */
@ApplicationScoped
public class AnnounceStage implements Stage {
  private final VolumeKeeper volume;
  private final VersionAnnouncer announcer;
  private final StorageTeller storage;

  @Inject
  AnnounceStage(VolumeKeeper volume, VersionAnnouncer announcer, StorageTeller storage) {
    this.volume = volume;
    this.announcer = announcer;
    this.storage = storage;
  }

  @Override
  public void work(Turn turn) throws IOException, InterruptedException {
    if (!(turn.job().state() instanceof JobState.Announcing announcing)) {
      throw new IllegalStateException("Not announcing: " + turn.job().state());
    }
    Shelf shelf = volume.await();
    Job job = turn.job();
    announcer.announce(shelf, job.model(), announcing.at(), job.requestIds());
    storage.changed();
    turn.happen(new JobEvent.Acknowledged());
  }
}
