package io.modeldepot.kit.report;

import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.state.ServiceState;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Acknowledged;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.kit.connection.ServiceIdentity;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Reports at once, then every ten seconds, and within a second once it is in another state; until
 * closed. While the broker is away one report waits; no others pile up behind it.
 */
public final class ServiceReporter implements AutoCloseable {
  /** Time between two reports. */
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = Logger.getLogger(ServiceReporter.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration FOR_THE_LAST = Duration.ofSeconds(2);

  private final Announcer announcer;
  private final ServiceIdentity identity;
  private final Clock clock;
  private final Supplier<Condition> condition;
  private final Thread thread;

  private ServiceReporter(
      Announcer announcer,
      ServiceIdentity identity,
      Clock clock,
      Duration interval,
      Supplier<Condition> condition) {
    this.announcer = announcer;
    this.identity = identity;
    this.clock = clock;
    this.condition = condition;
    this.thread = Thread.ofVirtual().name("service-reporter").unstarted(() -> run(interval));
  }

  /** Begins to report. */
  public static ServiceReporter start(
      Announcer announcer, ServiceIdentity identity, Clock clock, Supplier<Condition> condition) {
    return start(announcer, identity, clock, INTERVAL, condition);
  }

  /** Begins to report at another pace. */
  public static ServiceReporter start(
      Announcer announcer,
      ServiceIdentity identity,
      Clock clock,
      Duration interval,
      Supplier<Condition> condition) {
    ServiceReporter reporter = new ServiceReporter(announcer, identity, clock, interval, condition);
    reporter.thread.start();
    return reporter;
  }

  /** Says that the service stops, and stops reporting; waits at most two seconds for the broker. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      report(
              new Condition(
                  ServiceState.STOPPING, Optional.empty(), Optional.empty(), Optional.empty()))
          .get(FOR_THE_LAST.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The last report did not get through.", e);
    }
  }

  private void run(Duration interval) {
    CompletableFuture<Acknowledged> last = CompletableFuture.completedFuture(null);
    Duration look = LOOK.compareTo(interval) < 0 ? LOOK : interval;
    Optional<ServiceState> told = Optional.empty();
    long toldAt = System.nanoTime() - interval.toNanos();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Condition now = condition.get();
        boolean due =
            System.nanoTime() - toldAt >= interval.toNanos()
                || !told.equals(Optional.of(now.state()));
        if (due && last.isDone()) {
          last = report(now);
          told = Optional.of(now.state());
          toldAt = System.nanoTime();
        }
        Thread.sleep(look);
      }
    } catch (InterruptedException e) {
      // close() does that.
    }
  }

  private CompletableFuture<Acknowledged> report(Condition now) {
    return announcer.announce(
        Topics.SERVICE_REPORTED,
        identity.key(),
        new ServiceReported(
            identity.service(),
            identity.instance(),
            identity.version(),
            now.state(),
            now.detail(),
            now.lagRecords(),
            now.lagSeconds(),
            clock.instant()));
  }
}
