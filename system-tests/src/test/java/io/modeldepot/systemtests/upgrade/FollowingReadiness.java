package io.modeldepot.systemtests.upgrade;

import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends each request to a registry that said of itself that it is ready, as a load balancer or a
 * Service of Kubernetes does. It asks each of them all the time, and tries nothing twice.
 */
final class FollowingReadiness implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<ServiceProcess> registries;
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread asking;
  private volatile List<ServiceProcess> ready;
  private volatile boolean open = true;

  FollowingReadiness(List<ServiceProcess> registries) {
    this.registries = registries;
    this.ready = registries;
    this.asking = Thread.ofVirtual().start(this::ask);
  }

  /** Whose turn it is. */
  RegistryClient next() {
    List<ServiceProcess> now = ready;
    if (now.isEmpty()) {
      throw new IllegalStateException("No registry is ready.");
    }
    return new RegistryClient(now.get(Math.floorMod(turn.getAndIncrement(), now.size())).url());
  }

  /** Whether this one gets requests. */
  boolean sendsTo(ServiceProcess registry) {
    return ready.contains(registry);
  }

  private void ask() {
    while (open) {
      ready = registries.stream().filter(it -> it.isAlive() && isReady(it.url())).toList();
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static boolean isReady(URI registry) {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(registry.resolve("/q/health/ready"))
                      .timeout(Duration.ofSeconds(10))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (Exception e) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    open = false;
    asking.join();
  }
}
