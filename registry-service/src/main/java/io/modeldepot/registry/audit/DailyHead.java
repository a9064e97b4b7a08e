package io.modeldepot.registry.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Says the end of the chain in the log, at the start and every day, where who changes the database
 * does not reach it: {@code audit verify} can be told to compare with it.
 */
@ApplicationScoped
class DailyHead {
  private static final Logger LOG = Logger.getLogger(DailyHead.class);
  private static final int LAST = 2100;
  private static final Duration DAY = Duration.ofDays(1);

  private final AuditTrail trail;
  private final CountDownLatch stopping = new CountDownLatch(1);

  DailyHead(AuditTrail trail) {
    this.trail = trail;
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    Thread.ofVirtual().name("audit-head").start(this::everyDay);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void everyDay() {
    try {
      do {
        say();
      } while (!stopping.await(DAY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say() {
    try {
      AuditHead head = trail.head();
      LOG.infof("Audit trail: seq=%d hash=%s", head.seq(), head.hash());
    } catch (RuntimeException e) {
      LOG.warn("The end of the audit trail cannot be read.", e);
    }
  }
}
