package io.modeldepot.registry.access;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Gives every request an id and a caller, and every answer the id. */
public class CallerFilter {
  static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}");

  private final Caller caller;

  CallerFilter(Caller caller) {
    this.caller = caller;
  }

  @ServerRequestFilter(preMatching = true)
  public void identify(ContainerRequestContext request, RoutingContext routing) {
    caller.is(
        actor(routing.request().remoteAddress()), requestId(request.getHeaderString(REQUEST_ID)));
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

  private static String actor(@Nullable SocketAddress remote) {
    if (remote == null || remote.hostAddress() == null) {
      return "anonymous";
    }
    try {
      // An address, not a name: nothing is looked up.
      return InetAddress.getByName(remote.hostAddress()).isLoopbackAddress()
          ? "local"
          : "anonymous";
    } catch (UnknownHostException e) {
      return "anonymous";
    }
  }
}
