package io.modeldepot.registry.door;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses an address that says the character U+0000, in its path or in a parameter. PostgreSQL
 * keeps no such text, so nothing of that name can be there, and asking it would be its error.
 */
public class WholeAddress {
  private static final int BEFORE_THE_CACHE = 50;

  @ServerRequestFilter(nonBlocking = true, priority = BEFORE_THE_CACHE)
  public void look(ContainerRequestContext request) {
    UriInfo uri = request.getUriInfo();
    boolean hostile =
        isHostile(uri.getPath())
            || uri.getQueryParameters().entrySet().stream()
                .anyMatch(
                    parameter ->
                        isHostile(parameter.getKey())
                            || parameter.getValue().stream().anyMatch(WholeAddress::isHostile));
    if (hostile) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST, "The address has the character U+0000, which nothing has.");
    }
  }

  private static boolean isHostile(String text) {
    return text.indexOf('\0') >= 0;
  }
}
