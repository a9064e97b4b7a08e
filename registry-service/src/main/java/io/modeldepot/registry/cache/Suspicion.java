package io.modeldepot.registry.cache;

import io.modeldepot.registry.audit.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the reasons to believe that something has changed: a transaction of this registry is over,
 * an event was heard. No answer is given from what was known before the newest reason, so whoever
 * writes reads what was written, and whoever hears of a change sees it. Safe for threads.
 */
@ApplicationScoped
public class Suspicion {
  private final AtomicLong reasons = new AtomicLong();

  /** Something may have changed and is committed. */
  public void raise() {
    reasons.incrementAndGet();
  }

  long reasons() {
    return reasons.get();
  }

  /** Also where nobody knows how the commit ended. */
  void over(@Observes(during = TransactionPhase.AFTER_COMPLETION) AuditTrail.Appended appended) {
    raise();
  }
}
