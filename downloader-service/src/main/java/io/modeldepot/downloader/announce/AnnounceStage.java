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
  private final Runnable changed;

  @Inject
  AnnounceStage(VolumeKeeper volume, VersionAnnouncer announcer, StorageTeller storage) {
    this(volume, announcer, storage::changed);
  }

  /**
   * A stage.
   *
   * @param changed is told that the volume holds something else now
   */
  public AnnounceStage(VolumeKeeper volume, VersionAnnouncer announcer, Runnable changed) {
    this.volume = volume;
    this.announcer = announcer;
    this.changed = changed;
  }

  @Override
  public void work(Turn turn) throws IOException, InterruptedException {
    if (!(turn.job().state() instanceof JobState.Announcing announcing)) {
      throw new IllegalStateException("Not announcing: " + turn.job().state());
    }
    Shelf shelf = volume.await();
    Job job = turn.job();
    announcer.announce(shelf, job.model(), announcing.at(), job.requestIds());
    changed.run();
    turn.happen(new JobEvent.Acknowledged());
  }
}
