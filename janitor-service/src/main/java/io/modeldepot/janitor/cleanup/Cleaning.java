package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.janitor.site.SiteReader;
import io.modeldepot.janitor.site.SiteUnknown;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.store.keep.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

/** Cleans up: picture, plan, and, unless only the plan was asked for, the carrying out. */
@ApplicationScoped
public class Cleaning implements Worker {
  private final KafkaConnection connection;
  private final JobTeller teller;
  private final ClockWatch clockWatch;
  private final Clock clock;
  private final CleanupMetrics metrics;

  @Inject
  Cleaning(
      KafkaConnection connection,
      JobTeller teller,
      ClockWatch clockWatch,
      Clock clock,
      CleanupMetrics metrics) {
    this.connection = connection;
    this.teller = teller;
    this.clockWatch = clockWatch;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public Lane lane() {
    return Lane.CLEANUP;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked
        .cleanup()
        .filter(it -> it.action().orElse(CleanupAction.REMOVE) == CleanupAction.REMOVE)
        .isPresent();
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    try {
      Ending ending = clean(command, job, shelf, progress);
      metrics.ended(command.scope(), ending, shelf.store());
      return ending;
    } catch (SiteUnknown e) {
      metrics.refused("broker");
      throw e;
    } catch (ClockJumped e) {
      metrics.refused("clock");
      throw e;
    }
  }

  private Ending clean(
      CleanupDue command, MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    try (SiteReader site = SiteReader.open(connection, job.location(), clock)) {
      site.requireUpToDate();
      return new Cleanup(shelf, site, site.topics(), teller, clockWatch, System::nanoTime)
          .clean(command, job.requestId(), progress);
    }
  }
}
