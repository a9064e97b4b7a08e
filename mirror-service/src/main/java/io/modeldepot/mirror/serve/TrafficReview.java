package io.modeldepot.mirror.serve;

import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.mirror.shelf.ShelfUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Once a minute: what was counted of a model that has left the volume is forgotten. */
@ApplicationScoped
class TrafficReview {
  private static final Logger LOG = Logger.getLogger(TrafficReview.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Shelf shelf;
  private final Traffic traffic;
  private @Nullable Thread thread;

  TrafficReview(Shelf shelf, Traffic traffic) {
    this.shelf = shelf;
    this.traffic = traffic;
  }

  void start(@Observes StartupEvent started) {
    thread = Thread.ofVirtual().name("traffic-review").start(this::keepLooking);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        look();
      }
    } catch (InterruptedException e) {
      LOG.debug("the traffic is reviewed no more");
    }
  }

  /** Looks now; while the volume is away nothing is forgotten. */
  void look() {
    try {
      traffic.keepOnly(
          shelf.all().stream()
              .flatMap(one -> one.editions().stream())
              .map(edition -> edition.model().value())
              .collect(Collectors.toSet()));
    } catch (ShelfUnavailable e) {
      LOG.debugf("The traffic is reviewed later: %s", e.getMessage());
    }
  }
}
