package io.modeldepot.registry.access;

import io.modeldepot.kit.access.Gate;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Gives every request an id and a caller, and every answer the id. */
public class CallerFilter {
  /** The cookie of whoever signed in to the console. */
  public static final String SESSION = "mdp_session";

  static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}");

  private final Caller caller;
  private final Gate gate;

  CallerFilter(Caller caller, Gate gate) {
    this.caller = caller;
    this.gate = gate;
  }

  @ServerRequestFilter(preMatching = true, nonBlocking = true)
  public void identify(ContainerRequestContext request, RoutingContext routing) {
    HttpServerRequest connection = routing.request();
    Optional<String> token =
        Gate.bearer(Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)))
            .or(() -> Optional.ofNullable(request.getCookies().get(SESSION)).map(Cookie::getValue));
    Gate.Caller asking =
        Gate.Caller.over(
            token,
            Optional.ofNullable(connection.remoteAddress()).map(it -> it.hostAddress()),
            // In HTTP/2 there is no Host header.
            Optional.ofNullable(connection.authority()).map(HostAndPort::host),
            name -> request.getHeaderString(name) != null);
    caller.is(
        gate.check(asking),
        () -> gate.check(asking),
        token,
        requestId(request.getHeaderString(REQUEST_ID)));
  }

  @ServerResponseFilter
  public void answerId(ContainerResponseContext answer) {
    answer.getHeaders().putSingle(REQUEST_ID, caller.requestId());
  }

  /** A given id if it is safe to log and to return, else a new one. */
  static String requestId(@Nullable String given) {
    return given != null && SAFE.matcher(given).matches() ? given : fresh();
  }

  /** To differ from all others, not to be secret: the kernel's dice cost more than the answer. */
  private static String fresh() {
    ThreadLocalRandom dice = ThreadLocalRandom.current();
    return new UUID(dice.nextLong(), dice.nextLong()).toString();
  }
}
