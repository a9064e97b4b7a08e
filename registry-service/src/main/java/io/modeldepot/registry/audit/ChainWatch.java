package io.modeldepot.registry.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Recomputes the chain some time after the start and four times a day, and shows as a metric
 * whether it holds: who changes the database is not told by the database.
 */
@ApplicationScoped
class ChainWatch {
  private static final Logger LOG = Logger.getLogger(ChainWatch.class);
  private static final int LAST = 2200;
  private static final Duration AFTER_START = Duration.ofSeconds(30);
  private static final Duration EVERY = Duration.ofHours(6);

  private final AuditVerifier verifier;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile double intact = Double.NaN;

  ChainWatch(AuditVerifier verifier, MeterRegistry metrics) {
    this.verifier = verifier;
    Gauge.builder("modeldepot.audit.chain.intact", () -> intact)
        .description("1 while every link of the audit trail holds, 0 once one does not.")
        .register(metrics);
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    Thread.ofVirtual().name("audit-chain").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  /** Looks now; what is not known stays as it was. */
  void look() {
    try {
      AuditVerifier.Verdict verdict = verifier.verify(Optional.empty());
      intact = verdict.intact() ? 1 : 0;
      verdict
          .firstBroken()
          .ifPresent(
              at -> LOG.errorf("Audit trail: broken at record %d. %s", at.seq(), at.reason()));
    } catch (RuntimeException e) {
      LOG.warn("The audit trail cannot be read; it is looked at again later.", e);
    }
  }

  private void keepLooking() {
    try {
      Duration pause = AFTER_START;
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
        pause = EVERY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
