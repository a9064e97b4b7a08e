package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.pace.Timekeeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for a while which endpoints failed, so that a dead mirror does not cost every question
 * its connect timeout. A penalised endpoint is asked last, never not at all.
 */
final class EndpointHealth {
  private final List<Endpoint> preferred;
  private final Duration penalty;
  private final Timekeeper time;
  private final Map<Endpoint, Long> lastUntilNanos = new HashMap<>();
  private final Map<Endpoint, Long> restUntilNanos = new HashMap<>();

  EndpointHealth(List<Endpoint> preferred, Duration penalty, Timekeeper time) {
    this.preferred = preferred;
    this.penalty = penalty;
    this.time = time;
  }

  /** All endpoints, healthy ones first, each group in order of preference. */
  synchronized List<Endpoint> order() {
    List<Endpoint> order = new ArrayList<>(preferred.size());
    preferred.stream().filter(endpoint -> !penalised(endpoint)).forEach(order::add);
    preferred.stream().filter(this::penalised).forEach(order::add);
    return order;
  }

  /** Whether nothing speaks against asking it first. */
  synchronized boolean isGood(Endpoint endpoint) {
    return !penalised(endpoint);
  }

  /** Whether it is one of the hub's. */
  boolean knows(Endpoint endpoint) {
    return preferred.contains(endpoint);
  }

  /** The endpoint that counts when endpoints contradict each other: the last, the origin. */
  boolean isOrigin(Endpoint endpoint) {
    return endpoint.equals(preferred.getLast());
  }

  /** How much longer the endpoint asked not to be asked. */
  synchronized Optional<Duration> resting(Endpoint endpoint) {
    Long until = restUntilNanos.get(endpoint);
    if (until == null || until - time.nanos() <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(until - time.nanos()));
  }

  synchronized void worked(Endpoint endpoint) {
    lastUntilNanos.remove(endpoint);
    restUntilNanos.remove(endpoint);
  }

  synchronized void failed(Endpoint endpoint, HubFailure failure) {
    switch (failure) {
      case HubFailure.RateLimited limited -> {
        lastUntilNanos.put(endpoint, time.nanos() + limited.delay().toNanos());
        restUntilNanos.put(endpoint, time.nanos() + limited.delay().toNanos());
      }
      case HubFailure.Unavailable _ ->
          lastUntilNanos.put(endpoint, time.nanos() + penalty.toNanos());
      default -> {}
    }
  }

  private boolean penalised(Endpoint endpoint) {
    Long until = lastUntilNanos.get(endpoint);
    return until != null && until - time.nanos() > 0;
  }
}
