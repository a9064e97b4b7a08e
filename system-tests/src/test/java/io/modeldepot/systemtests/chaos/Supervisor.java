package io.modeldepot.systemtests.chaos;

import io.modeldepot.systemtests.depot.ServiceProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Starts again what has ended while it was starting, as every supervisor of services does: the
 * registry does not begin without its database. Nobody ends by itself once it was ready.
 */
final class Supervisor {
  private static final int FOR_A_NEW_BROKER = 75;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Site site;
  private final Set<String> wrong;
  private final History history;
  private final Map<String, Long> readyOnce = new HashMap<>();
  private volatile boolean newBroker;

  /**
   * Of a site.
   *
   * @param wrong what is wrong now, and therefore nobody's business
   */
  Supervisor(Site site, Set<String> wrong, History history) {
    this.site = site;
    this.wrong = wrong;
    this.history = history;
  }

  /** From now on services may end because the broker is a new one. */
  void brokerIsNew() {
    newBroker = true;
  }

  void goOn(long untilNanos) throws InterruptedException {
    while (System.nanoTime() < untilNanos) {
      look();
      Thread.sleep(BETWEEN);
    }
  }

  /** Looks at every service once. */
  void look() {
    site.services().values().forEach(this::look);
  }

  private void look(ServiceProcess service) {
    synchronized (wrong) {
      if (wrong.contains(service.name())) {
        return;
      }
      if (!service.isAlive()) {
        if (Long.valueOf(service.pid()).equals(readyOnce.get(service.name()))
            && !(newBroker && service.status() == FOR_A_NEW_BROKER)) {
          history.broken(
              service.name() + " was ready, and ended with status " + service.status() + ".");
        }
        history.count("started by its supervisor", Map.of("service", service.name()));
        service.launch();
        return;
      }
    }
    if (service.isReady()) {
      readyOnce.put(service.name(), service.pid());
    }
  }
}
