package io.modeldepot.janitor.announce;

import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.kit.announce.Announcer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/** Tells how jobs are. Safe for threads. */
@ApplicationScoped
public class JobTeller implements Facts {
  private static final Logger LOG = Logger.getLogger(JobTeller.class);

  private final Announcer announcer;

  @Inject
  JobTeller(Announcer announcer) {
    this.announcer = announcer;
  }

  /** Tells how a job is; a record that does not get through is followed by the next one. */
  public void tell(MaintenanceJob job) {
    CompletableFuture<?> unused =
        announcer
            .announce(Topics.MAINTENANCE_PROGRESSED, job.requestId().value(), record(job))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.debug("A progress record did not get through.", failure);
                  }
                });
  }

  /**
   * Tells how a job ended, and returns when the broker has it.
   *
   * @throws BrokerAway if it does not take it; telling again is harmless
   */
  public void tellEnd(MaintenanceJob job) throws BrokerAway, InterruptedException {
    tell(Topics.MAINTENANCE_PROGRESSED, job.requestId().value(), record(job));
  }

  @Override
  public void tell(TopicSpec topic, String key, Object payload)
      throws BrokerAway, InterruptedException {
    try {
      var unused = announcer.announce(topic, key, payload).get();
    } catch (ExecutionException e) {
      throw new BrokerAway(e.getCause());
    }
  }

  private static MaintenanceProgressed record(MaintenanceJob job) {
    return new MaintenanceProgressed(
        job.requestId(),
        job.kind(),
        job.location(),
        job.state(),
        job.sequence(),
        job.doneBytes(),
        job.totalBytes(),
        job.items(),
        job.problem(),
        job.result(),
        job.updatedAt());
  }
}
