package io.modeldepot.registry.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Storable;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tokens over REST. */
@Path("/api/v1/tokens")
@Tag(name = "access")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {
  private static final Set<String> MEMBERS = Set.of("name", "role", "families", "expiresSeconds");
  private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();
  private static final Duration CLAIM = Duration.ofMinutes(10);
  private static final int LONGEST_NAME = 100;

  private final Tokens tokens;
  private final Caller caller;
  private final InstantSource clock;

  TokensResource(Tokens tokens, Caller caller, InstantSource clock) {
    this.tokens = tokens;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "Tokens and sessions, the newest first; no secret is among it")
  public Page<TokenView> list() {
    return Page.whole(tokens.all());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a token",
      description =
          "{\"name\":\"ci\",\"role\":\"operator\"}; families limits what it may change,"
              + " expiresSeconds how long it is good. The token is in this answer and nowhere else.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TokenView.Created.class)))
  public Response create(byte @Nullable [] body) {
    TokenView.Created made = tokens.create(grant(Bodies.object(body)), origin());
    tokens.learn();
    return secret(made);
  }

  @POST
  @Path("/claims")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make a link by which somebody signs in to the console once, within ten minutes",
      description = "As for a token; POST /session with {\"claim\":…} redeems it.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TokenView.Created.class)))
  public Response claim(byte @Nullable [] body) {
    Grant asked = grant(Bodies.object(body));
    return secret(tokens.claim(asked.until(asked.name(), clock.instant().plus(CLAIM)), origin()));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "End a token now, and the sessions that were begun with it")
  public Response revoke(@PathParam("id") String id) {
    tokens.revoke(id, origin());
    tokens.learn();
    return Response.noContent().build();
  }

  private Origin origin() {
    return Origin.rest(caller.actor(), Ids.event());
  }

  private static Response secret(TokenView.Created made) {
    return Response.created(URI.create("/api/v1/tokens/" + made.details().id()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(made)
        .build();
  }

  private Grant grant(ObjectNode asked) {
    Bodies.onlyMembers(asked, MEMBERS);
    List<FieldError> errors = new ArrayList<>();
    String name = Storable.text(asked.path("name").asText("").strip());
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      errors.add(new FieldError("/name", "Say what it is for, in at most 100 characters."));
    }
    Optional<Role> role = role(asked.path("role"));
    if (role.isEmpty()) {
      errors.add(new FieldError("/role", "It is viewer, operator or admin."));
    }
    List<FamilyName> families = families(asked.path("families"), errors);
    JsonNode seconds = asked.path("expiresSeconds");
    boolean limited = !seconds.isMissingNode() && !seconds.isNull();
    if (limited
        && (!seconds.canConvertToLong()
            || seconds.longValue() < 1
            || seconds.longValue() > LONGEST_SECONDS)) {
      errors.add(new FieldError("/expiresSeconds", "It must be 1 second to 10 years."));
    }
    if (role.filter(Role.ADMIN::equals).isPresent() && !families.isEmpty()) {
      errors.add(new FieldError("/families", "An admin is not limited: it could end the limit."));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new Grant(
        name,
        role.orElseThrow(),
        families,
        limited
            ? Optional.of(
                clock.instant().truncatedTo(ChronoUnit.MILLIS).plusSeconds(seconds.longValue()))
            : Optional.empty());
  }

  private static Optional<Role> role(JsonNode given) {
    String word = given.asText("").toUpperCase(Locale.ROOT);
    return Arrays.stream(Role.values())
        .filter(it -> it != Role.UNKNOWN && it.name().equals(word))
        .findFirst();
  }

  private static List<FamilyName> families(JsonNode given, List<FieldError> errors) {
    List<FamilyName> families = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      try {
        families.add(FamilyName.of(given.path(i).asText("")));
      } catch (IllegalArgumentException e) {
        errors.add(new FieldError("/families/" + i, String.valueOf(e.getMessage())));
      }
    }
    if (given.isValueNode() && !given.isNull()) {
      errors.add(new FieldError("/families", "It is a list of names."));
    }
    return families;
  }
}
