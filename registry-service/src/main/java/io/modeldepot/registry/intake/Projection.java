package io.modeldepot.registry.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.kit.measure.EventAges;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.trace.Step;
import io.modeldepot.kit.trace.StepKind;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.kit.trace.Working;
import io.modeldepot.registry.cache.Suspicion;
import io.modeldepot.registry.problem.Outage;
import io.modeldepot.registry.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * One record into the database. An outage of the database is waited for, however long it takes: the
 * record is neither lost nor acknowledged before it is committed.
 */
@ApplicationScoped
class Projection {
  private static final Logger LOG = Logger.getLogger(Projection.class);
  private static final String POISON = "modeldepot.poison.records";
  private static final String POISON_IS = "Records that could not be used and were skipped.";
  private static final int TRIES = 3;
  private static final int FIRST = 1;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final EventAges ages;
  private final Tracing tracing;
  private final Suspicion suspicion;
  private final EntityManagerFactory sessions;
  private final EntityManager database;
  private volatile boolean stopping;

  Projection(
      InstantSource clock,
      MeterRegistry metrics,
      EventAges ages,
      Tracing tracing,
      Suspicion suspicion,
      EntityManagerFactory sessions,
      EntityManager database) {
    this.suspicion = suspicion;
    this.sessions = sessions;
    this.database = database;
    this.clock = clock;
    this.metrics = metrics;
    this.ages = ages;
    this.tracing = tracing;
  }

  /** Before the readers are closed, which wait for what waits here. */
  void stop(@Observes @Priority(FIRST) ShutdownEvent stopped) {
    stopping = true;
  }

  /**
   * Runs the work in a transaction of its own until it is committed.
   *
   * @param topic where the record is from
   * @param published when it was published
   * @param work returns whether it changed anything; must be repeatable
   * @throws RuntimeException if the work itself is at fault, or the service stops
   */
  void apply(String topic, Instant published, BooleanSupplier work) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        Instant begun = clock.instant();
        boolean changed = QuarkusTransaction.requiringNew().call(work::getAsBoolean);
        suspicion.raise(); // also for what another registry has taken before
        if (changed) {
          ages.handled(topic, published, clock.instant());
          traced(topic, begun);
        }
        return;
      } catch (RuntimeException e) {
        if (!Outage.of(e) || stopping) {
          throw e;
        }
        if (pause.equals(FIRST_PAUSE)) {
          LOG.warnf("A record of %s waits for the database.", topic);
        }
        sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  /** Only what changed something and belongs to a trace: the rest nobody looks for. */
  private void traced(String topic, Instant begun) {
    Optional<String> parent = Working.traceparent();
    if (parent.isPresent()) {
      try (Step step = tracing.begin("project " + topic, StepKind.CONSUMER, parent, begun)) {
        step.with("messaging.system", "kafka").with("messaging.destination.name", topic);
      }
    }
  }

  /**
   * The same, for a record that is skipped if the work itself is at fault: one bad record must not
   * stop its topic.
   */
  void applyOrSkip(Place place, Instant published, BooleanSupplier work) {
    boolean unused = isApplied(place, published, work);
  }

  /**
   * The same; says whether it is in the database now. A record is at fault only if it fails between
   * two answers of the database: a service whose start failed says all kinds of things.
   */
  boolean isApplied(Place place, Instant published, BooleanSupplier work) {
    boolean answered = false;
    for (int attempt = 1; ; attempt++) {
      try {
        apply(place.topic(), published, work);
        return true;
      } catch (ProblemException e) {
        poison(place, String.valueOf(e.getMessage()));
        return false;
      } catch (RuntimeException e) {
        if (stopping || !sessions.isOpen()) {
          throw e;
        }
        if (answered && answers()) {
          LOG.error("A record could not be projected.", e);
          poison(place, e.getClass().getSimpleName());
          return false;
        }
        sleep(FIRST_PAUSE.multipliedBy(Math.min(attempt, TRIES)));
        answered = attempt >= TRIES - 1 && answers();
      }
    }
  }

  private boolean answers() {
    try {
      Object unused =
          QuarkusTransaction.requiringNew()
              .call(() -> database.createNativeQuery("select 1").getSingleResult());
      return true;
    } catch (RuntimeException e) {
      LOG.debug("The database does not answer either.", e);
      return false;
    }
  }

  /**
   * Where a record lies.
   *
   * @param topic topic
   * @param at partition and offset, or the key
   */
  record Place(String topic, String at) {

    static Place of(String topic, int partition, long offset) {
      return new Place(topic, partition + "/" + offset);
    }

    static Place of(String topic, String key) {
      return new Place(topic, key);
    }
  }

  /** Counts and logs a record that cannot be used. */
  void poison(Place place, String why) {
    Counter.builder(POISON)
        .description(POISON_IS)
        .tag("topic", place.topic())
        .tag("why", "refused")
        .register(metrics)
        .increment();
    LOG.errorf("Skipped record %s/%s: %s", place.topic(), place.at(), why);
  }

  /** Counts what a reader of a state topic itself skips, because it cannot be read. */
  void countSkipped(StateTopicReader<?> reader) {
    FunctionCounter.builder(POISON, reader, StateTopicReader::skipped)
        .description(POISON_IS)
        .tag("topic", reader.topic().name())
        .tag("why", "unreadable")
        .register(metrics);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the database.", e);
    }
  }
}
