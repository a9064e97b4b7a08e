package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubFailure.Evidence;
import io.modeldepot.downloader.hub.HubResult.Failed;
import io.modeldepot.downloader.hub.HubResult.Found;
import io.modeldepot.downloader.pace.CancelToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks one endpoint after the other until one answers.
 *
 * <p>When none does: the origin's refusal counts most; if the origin could not be asked, its
 * trouble counts and not a mirror's refusal, as the origin may well have what the mirror has not.
 */
final class Endpoints {
  private final EndpointHealth health;
  private final Duration stallTimeout;
  private final Received received = new Received();

  Endpoints(EndpointHealth health, Duration stallTimeout) {
    this.health = health;
    this.stallTimeout = stallTimeout;
  }

  /** A question to one endpoint. */
  @FunctionalInterface
  interface Question<T> {
    HubResult<T> at(Endpoint endpoint) throws IOException;
  }

  <T> HubResult<T> ask(CancelToken cancel, Question<T> question) {
    return ask(Round.HUB, cancel, question);
  }

  /**
   * Who is asked.
   *
   * @param near mirrors of this site, asked first while they are healthy, else last
   * @param before one of the hub's that had the thing before: the first of them if it is healthy
   * @param hub whether the hub can have it at all
   */
  record Round(List<Endpoint> near, Optional<Endpoint> before, boolean hub) {
    static final Round HUB = new Round(List.of(), Optional.empty(), true);
  }

  <T> HubResult<T> ask(Round round, CancelToken cancel, Question<T> question) {
    List<Endpoint> order = order(round);
    @Nullable HubFailure verdict = null;
    for (Endpoint endpoint : order) {
      HubResult<T> result = askOne(endpoint, cancel, question);
      switch (result) {
        case Found<T> _ -> {
          health.worked(endpoint);
          return result;
        }
        case Failed<T>(HubFailure.Cancelled _) -> {
          return result;
        }
        case Failed<T>(HubFailure failure) -> {
          health.failed(endpoint, failure);
          verdict =
              verdict == null || health.isOrigin(endpoint) || !decisive(verdict, order, endpoint)
                  ? failure
                  : verdict;
        }
      }
    }
    return new Failed<>(verdict == null ? nowhere() : verdict);
  }

  /** Whether it is one of the hub's own, and gets the hub's token. */
  boolean isHub(Endpoint endpoint) {
    return health.knows(endpoint);
  }

  /** Who an endpoint is to this site. */
  Sender sender(Endpoint endpoint) {
    if (!health.knows(endpoint)) {
      return Sender.PEER;
    }
    return health.isOrigin(endpoint) ? Sender.HUB : Sender.MIRROR;
  }

  /** What came in from whom. */
  Received received() {
    return received;
  }

  private List<Endpoint> order(Round round) {
    List<Endpoint> order = new ArrayList<>(round.hub() ? health.order() : List.of());
    round
        .before()
        .filter(endpoint -> health.isGood(endpoint) && order.remove(endpoint))
        .ifPresent(order::addFirst);
    List<Endpoint> near = new ArrayList<>(round.near());
    near.removeIf(health::knows);
    List<Endpoint> good = near.stream().filter(health::isGood).toList();
    order.addAll(0, good);
    near.stream().filter(endpoint -> !good.contains(endpoint)).forEach(order::add);
    return order;
  }

  private static HubFailure nowhere() {
    return new HubFailure.Unavailable(
        "No other location of this site has it now, and it is at no hub.",
        new Evidence("", Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  /** A verdict stands against a later mirror's when the origin spoke it, or both are refusals. */
  private boolean decisive(HubFailure verdict, List<Endpoint> order, Endpoint now) {
    boolean originSpoke = order.subList(0, order.indexOf(now)).stream().anyMatch(health::isOrigin);
    return originSpoke || !verdict.isTransient();
  }

  private <T> HubResult<T> askOne(Endpoint endpoint, CancelToken cancel, Question<T> question) {
    Optional<Duration> resting = health.resting(endpoint);
    if (resting.isPresent()) {
      return new Failed<>(
          new HubFailure.RateLimited(
              "The hub asks for fewer requests.",
              new Evidence(endpoint.toString(), Optional.of(429), Optional.empty()),
              resting.get()));
    }
    if (cancel.isCancelled()) {
      return new Failed<>(Refusals.cancelled(endpoint.toString()));
    }
    try {
      return question.at(endpoint);
    } catch (IOException e) {
      return new Failed<>(
          cancel.isCancelled()
              ? Refusals.cancelled(endpoint.toString())
              : Refusals.of(e, endpoint.toString(), stallTimeout));
    }
  }
}
