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
import io.modeldepot.kit.oidc.CodeFlow;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.access.CallerFilter;
import io.modeldepot.registry.door.Bodies;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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
  private final Tokens tokens;
  private final Sessions sessions;
  private final Gate gate;
  private final Caller caller;
  private final CodeFlow flow;

  SessionResource(Tokens tokens, Sessions sessions, Gate gate, Caller caller, CodeFlow flow) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.gate = gate;
    this.caller = caller;
    this.flow = flow;
  }

  /**
   * Who the caller is.
   *
   * @param actor its name in the audit trail; absent for nobody
   * @param role what it may
   * @param families what it may change models of; empty: all
   * @param signedIn whether by a session that can be ended
   * @param issuer at whose page one can sign in, by {@code GET /api/v1/session/sign-in}
   */
  public record Who(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> actor,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Role> role,
      List<FamilyName> families,
      boolean signedIn,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> issuer) {}

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
    TokenView.Created session =
        asked.path("claim").isTextual()
            ? byClaim(asked.path("claim").textValue())
            : byToken(asked.path("token").asText("").strip());
    TokenView view = session.details();
    return Response.ok(
            new Who(
                Optional.of("token/" + view.id()),
                Optional.of(view.role()),
                view.families(),
                true,
                flow.issuer()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .cookie(sessions.cookie(session, uri))
        .build();
  }

  @DELETE
  @Operation(summary = "Sign out")
  public Response end(@CookieParam(CallerFilter.SESSION) @Nullable String cookie, UriInfo uri) {
    if (cookie != null && caller.identity().isPresent()) {
      AccessToken.of(cookie)
          .ifPresent(token -> tokens.revoke(token.id(), Sessions.origin(caller.actor())));
      tokens.learn();
    }
    return Response.noContent().cookie(Sessions.none(uri)).build();
  }

  private TokenView.Created byClaim(String claim) {
    Grant grant =
        tokens
            .redeem(claim, Sessions.origin("claim"))
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.TOKEN_REQUIRED,
                        "This link was used already, or its ten minutes are over."));
    return sessions.ofClaim(grant);
  }

  private TokenView.Created byToken(String text) {
    Checked checked = gate.check(new Gate.Caller(Optional.of(text), false, false));
    if (!(checked instanceof Checked.Known known)) {
      throw ProblemException.of(ProblemCode.TOKEN_REQUIRED, ((Checked.Refused) checked).why());
    }
    return sessions.of(known.identity(), AccessToken.of(text).map(AccessToken::id));
  }

  private Who who(Optional<Identity> identity, boolean signedIn) {
    return new Who(
        identity.map(Identity::actor),
        identity.map(Identity::role),
        identity.map(it -> List.copyOf(it.families())).orElse(List.of()),
        signedIn,
        flow.issuer());
  }
}
