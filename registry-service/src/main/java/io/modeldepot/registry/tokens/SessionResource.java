package io.modeldepot.registry.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.kit.access.AccessToken;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Gate;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.access.CallerFilter;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Signing in to the console: a token, or a claim that is good once, becomes a session in a cookie
 * that no script reads and no other site sends.
 */
@Path("/api/v1/session")
@Tag(name = "access")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Tokens tokens;
  private final Gate gate;
  private final Caller caller;
  private final InstantSource clock;

  SessionResource(Tokens tokens, Gate gate, Caller caller, InstantSource clock) {
    this.tokens = tokens;
    this.gate = gate;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * Who the caller is.
   *
   * @param actor its name in the audit trail; absent for nobody
   * @param role what it may
   * @param families what it may change models of; empty: all
   * @param signedIn whether by a session that can be ended
   */
  public record Who(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> actor,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Role> role,
      List<FamilyName> families,
      boolean signedIn) {}

  @GET
  @Operation(summary = "Who am I")
  public Who who(@CookieParam(CallerFilter.SESSION) @Nullable String cookie) {
    return who(caller.identity(), cookie != null && caller.identity().isPresent());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Sign in: {\"token\":…} or {\"claim\":…}")
  public Response begin(byte @Nullable [] body, UriInfo uri) {
    ObjectNode asked = Bodies.object(body);
    Bodies.onlyMembers(asked, Set.of("token", "claim"));
    Instant end = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(LONGEST);
    TokenView.Created made =
        asked.path("claim").isTextual()
            ? byClaim(asked.path("claim").textValue(), end)
            : byToken(asked.path("token").asText("").strip(), end);
    tokens.learn();
    TokenView view = made.details();
    long seconds = Duration.between(clock.instant(), view.expiresAt().orElse(end)).toSeconds();
    return Response.ok(
            new Who(
                Optional.of("token/" + view.id()), Optional.of(view.role()), view.families(), true))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .cookie(cookie(made.token(), (int) seconds, uri))
        .build();
  }

  @DELETE
  @Operation(summary = "Sign out")
  public Response end(@CookieParam(CallerFilter.SESSION) @Nullable String cookie, UriInfo uri) {
    if (cookie != null && caller.identity().isPresent()) {
      AccessToken.of(cookie).ifPresent(token -> tokens.revoke(token.id(), origin(caller.actor())));
      tokens.learn();
    }
    return Response.noContent().cookie(cookie("", 0, uri)).build();
  }

  private TokenView.Created byClaim(String claim, Instant end) {
    Grant grant =
        tokens
            .redeem(claim, origin("claim"))
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.TOKEN_REQUIRED,
                        "This link was used already, or its ten minutes are over."));
    // The claim's own end is that of the link, not of what it grants.
    Grant session = new Grant(grant.name(), grant.role(), grant.families(), Optional.of(end));
    return tokens.session(session, Optional.empty(), origin("claim"));
  }

  private TokenView.Created byToken(String text, Instant end) {
    Checked checked = gate.check(new Gate.Caller(Optional.of(text), false, false));
    if (!(checked instanceof Checked.Known known)) {
      throw ProblemException.of(ProblemCode.TOKEN_REQUIRED, ((Checked.Refused) checked).why());
    }
    Identity identity = known.identity();
    Optional<String> id = AccessToken.of(text).map(AccessToken::id);
    Grant grant =
        id.flatMap(tokens::grant)
            .orElseGet(
                () ->
                    new Grant(
                        identity.actor(),
                        identity.role(),
                        List.copyOf(identity.families()),
                        Optional.empty()));
    return tokens.session(
        grant.until(grant.name() + ", in a browser", end), id, origin(identity.actor()));
  }

  private static Who who(Optional<Identity> identity, boolean signedIn) {
    return new Who(
        identity.map(Identity::actor),
        identity.map(Identity::role),
        identity.map(it -> List.copyOf(it.families())).orElse(List.of()),
        signedIn);
  }

  private static NewCookie cookie(String value, int seconds, UriInfo uri) {
    return new NewCookie.Builder(CallerFilter.SESSION)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure("https".equals(uri.getRequestUri().getScheme()))
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  private static Origin origin(String actor) {
    return Origin.rest(actor, Ids.event());
  }
}
