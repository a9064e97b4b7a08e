package io.modeldepot.registry.desired;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.desired.difference.Difference;
import io.modeldepot.registry.desired.document.DesiredState;
import io.modeldepot.registry.desired.document.Fault;
import io.modeldepot.registry.desired.document.Faulty;
import io.modeldepot.registry.door.Etags;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.problem.AgainOnConflict;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What should be, over REST. */
@Path("/api/v1/desired-state")
@Tag(name = "desired-state")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class DesiredStateResource {
  private static final String YAML = "application/yaml";
  private static final String FILE = "models.yaml";

  private final DesiredStates states;
  private final Caller caller;

  DesiredStateResource(DesiredStates states, Caller caller) {
    this.states = states;
    this.caller = caller;
  }

  @GET
  @Produces(YAML)
  @Operation(summary = "What is wanted now, as a models.yaml")
  @APIResponse(
      responseCode = "200",
      content = @Content(mediaType = YAML, schema = @Schema(implementation = String.class)))
  public Response get(@Context HttpHeaders headers) {
    String document = states.document();
    String tag = Etags.of(document);
    boolean known = Etags.known(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag);
    Response.ResponseBuilder answer = known ? Response.notModified() : Response.ok(document, YAML);
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  @POST
  @Path("/diff")
  @Consumes({YAML, "application/x-yaml", "text/yaml", "text/plain", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "What a models.yaml would change; changes nothing",
      description = "prune=true: what it does not say is to be taken back, too.")
  public StateView diff(
      byte @Nullable [] body,
      @QueryParam("prune") boolean prune,
      @QueryParam("file") @Nullable String file) {
    try {
      return states.difference(read(body, file), prune);
    } catch (Faulty e) {
      throw invalid(e);
    }
  }

  @PUT
  @AgainOnConflict
  @Transactional
  @TransactionConfiguration(timeout = 300)
  @Consumes({YAML, "application/x-yaml", "text/yaml", "text/plain", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "Make it so",
      description =
          "Needs plan=ID, which the difference had, or If-Match with the ETag of what was read, or *."
              + " All or nothing; the same again changes nothing.")
  public StateView put(
      byte @Nullable [] body,
      @QueryParam("prune") boolean prune,
      @QueryParam("plan") @Nullable String plan,
      @QueryParam("file") @Nullable String file,
      @Context HttpHeaders headers) {
    try {
      return states.apply(
          read(body, file),
          prune,
          (now, difference) -> require(plan, headers, now, difference),
          caller.requestId(),
          Origin.rest(caller.actor(), Ids.event()));
    } catch (Faulty e) {
      throw invalid(e);
    }
  }

  private static void require(
      @Nullable String plan, HttpHeaders headers, String now, Difference difference) {
    if (plan == null) {
      Etags.requireMatch(headers, Etags.of(now));
      return;
    }
    Etags.requireMatchIfGiven(headers, Etags.of(now));
    if (!plan.equals(difference.plan())) {
      throw ProblemException.of(
          ProblemCode.STALE_PLAN,
          "What would be done now is not what " + plan + " showed; look at the difference again.",
          Map.of("plan", plan, "now", difference.plan()));
    }
  }

  private static DesiredState read(byte @Nullable [] body, @Nullable String file) throws Faulty {
    return DesiredState.read(file == null ? FILE : file, body == null ? new byte[0] : body);
  }

  private static ProblemException invalid(Faulty faulty) {
    return ProblemException.invalid(
        faulty.faults().stream().map(DesiredStateResource::fieldError).toList());
  }

  private static FieldError fieldError(Fault fault) {
    return new FieldError(
        fault.pointer(),
        "%s (%s)".formatted(fault.say(), fault.place()),
        Optional.of(fault.place().line()),
        Optional.of(fault.place().column()));
  }
}
