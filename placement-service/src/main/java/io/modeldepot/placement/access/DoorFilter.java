package io.modeldepot.placement.access;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Gate;
import io.modeldepot.placement.rest.PlacementProblem;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Everything here is a question, so whoever may look may ask. */
public class DoorFilter {
  private final Gate gate;

  DoorFilter(Gate gate) {
    this.gate = gate;
  }

  @ServerRequestFilter
  public void require(ContainerRequestContext request, RoutingContext routing) {
    Gate.Caller asking =
        Gate.Caller.over(
            Gate.bearer(Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))),
            Optional.ofNullable(routing.request().remoteAddress()).map(it -> it.hostAddress()),
            Optional.ofNullable(routing.request().authority()).map(HostAndPort::host),
            name -> request.getHeaderString(name) != null);
    switch (gate.check(asking)) {
      case Checked.Refused refused ->
          throw PlacementProblem.of(ProblemCode.TOKEN_REQUIRED, refused.why());
      case Checked.Known known -> {
        if (!known.identity().may(Role.VIEWER)) {
          throw PlacementProblem.of(
              ProblemCode.NOT_PERMITTED, known.identity().actor() + " may not look.");
        }
      }
    }
  }
}
