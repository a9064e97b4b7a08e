package io.modeldepot.registry.limits;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.problem.ProblemException;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a caller who asks for too much, once it is known who asks and before that is done. */
public class LimitFilter {
  /** Once it is known who calls, and in which trace. */
  private static final int AFTER_TRACE = 5200;

  /** Who has no limit: this machine, its services, and all who come through a proxy that asks. */
  private static final Set<String> FREE = Set.of("local", "service", "anonymous");

  private final Caller caller;
  private final LimitSettings settings;
  private final Limit known;
  private final Limit unknown;

  LimitFilter(Caller caller, LimitSettings settings) {
    this.caller = caller;
    this.settings = settings;
    this.known = new Limit(settings.requests());
    this.unknown = new Limit(settings.unknown());
  }

  @ServerRequestFilter(preMatching = true, nonBlocking = true, priority = AFTER_TRACE)
  public void requireFew(ContainerRequestContext request, RoutingContext routing) {
    Optional<String> actor = caller.identity().map(Identity::actor);
    if (actor.filter(FREE::contains).isPresent()) {
      return;
    }
    long now = System.nanoTime();
    if (actor.isPresent()) {
      if (!known.takes(actor.get(), now)) {
        throw refused(actor.get(), settings.requests());
      }
    } else {
      String address =
          Optional.ofNullable(routing.request().remoteAddress())
              .map(SocketAddress::hostAddress)
              .map(Household::of)
              .orElse("");
      if (!unknown.takes(address, now)) {
        throw refused("Who brings no token", settings.unknown());
      }
    }
  }

  private static ProblemException refused(String who, int limit) {
    return ProblemException.of(
        ProblemCode.RATE_LIMITED,
        "%s may ask %d times a second here.".formatted(who, limit),
        Map.of("requestsPerSecond", limit));
  }
}
