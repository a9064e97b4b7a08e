package io.modeldepot.registry.tokens;

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
 * Looks again and again which tokens there are: what another registry granted or revoked counts
 * here after five seconds at the latest, whether or not the broker answers.
 */
@ApplicationScoped
class TokenWatch {
  private static final Logger LOG = Logger.getLogger(TokenWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** Before the doors open. */
  private static final int FIRST = 500;

  private final Tokens tokens;
  private final CountDownLatch stopping = new CountDownLatch(1);

  TokenWatch(Tokens tokens) {
    this.tokens = tokens;
  }

  void start(@Observes @Priority(FIRST) StartupEvent started) {
    look();
    Thread.ofVirtual().name("tokens").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void keepLooking() {
    try {
      while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      tokens.learn();
    } catch (RuntimeException e) {
      LOG.debugf("Which tokens there are cannot be read now: %s", e);
    }
  }
}
