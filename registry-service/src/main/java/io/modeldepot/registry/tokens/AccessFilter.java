package io.modeldepot.registry.tokens;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nothing is done for who may not ask for it. */
public class AccessFilter {
  private static final int FIRST = 1;

  private static final Set<String> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Pattern MODEL =
      Pattern.compile("/api/v1/(?:models|placements)/([^/]+)(?:/.*)?");

  /** Their rooms know which model they are about. */
  private static final Set<String> LOOKED_AT_LATER =
      Set.of("downloads", "cleanups", "integrity", "backups", "restores");

  private final Caller caller;
  private final Permits permits;

  AccessFilter(Caller caller, Permits permits) {
    this.caller = caller;
    this.permits = permits;
  }

  /** Before all others: some answer from what they keep. */
  @ServerRequestFilter(nonBlocking = true, priority = FIRST)
  public void requireRole(ContainerRequestContext request, RoutingContext routing) {
    String path = path(request);
    String method = request.getMethod();
    if (!READS.contains(method)) {
      requireSameSite(request, routing);
    }
    Permissions.needed(method, path).ifPresent(role -> require(role, method, path));
  }

  /** May have to ask the database which family a model is of. */
  @ServerRequestFilter
  public void requireFamily(ContainerRequestContext request) {
    String path = path(request);
    String method = request.getMethod();
    if (Permissions.needed(method, path).filter(Role.OPERATOR::equals).isPresent()) {
      requireFamily(method, path);
    }
  }

  private static String path(ContainerRequestContext request) {
    return "/" + request.getUriInfo().getPath().replaceFirst("^/", "");
  }

  private void requireFamily(String method, String path) {
    Matcher model = MODEL.matcher(path);
    boolean plan = path.startsWith("/api/v1/placements/plan/");
    if (model.matches() && !plan) {
      boolean entry = path.equals("/api/v1/models/" + model.group(1));
      // A new entry says in its body of which family it is.
      if (!entry || !HttpMethod.PUT.equals(method)) {
        permits.requireModel(Names.model(model.group(1)));
      }
    } else if (!LOOKED_AT_LATER.contains(
        path.replaceFirst("^/api/v1/", "").replaceFirst("/.*", ""))) {
      permits.requireAll();
    }
  }

  private void require(Role role, String method, String path) {
    Identity identity =
        caller
            .identity()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.TOKEN_REQUIRED, caller.refusal().orElse("A token is needed.")));
    if (!identity.may(role)) {
      throw ProblemException.of(
          ProblemCode.NOT_PERMITTED,
          "%s %s needs the role %s; %s has the role %s."
              .formatted(method, path, word(role), identity.actor(), word(identity.role())),
          Map.of("needed", word(role), "role", word(identity.role())));
    }
  }

  /**
   * A page of another site may make a browser send what it likes, with the browser's cookie or from
   * this machine; the browser says from where.
   */
  private static void requireSameSite(ContainerRequestContext request, RoutingContext routing) {
    Optional<String> origin = Optional.ofNullable(request.getHeaderString("Origin"));
    String host = String.valueOf(routing.request().authority());
    if (origin.filter(it -> !host.equalsIgnoreCase(authority(it))).isPresent()) {
      throw ProblemException.of(
          ProblemCode.NOT_PERMITTED, "A page of another site may not change anything here.");
    }
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
