package io.modeldepot.registry.placement;

import io.modeldepot.events.command.PlacementAction;
import io.modeldepot.events.command.PlacementDue;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.AgainOnConflict;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was decided for each model, and plans that are not in force. */
@Path("/api/v1/placements")
@Tag(name = "placement")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PlacementsResource {
  private final PlacementService placement;
  private final Catalog catalog;
  private final Caller caller;
  private final Ledger ledger;

  PlacementsResource(PlacementService placement, Catalog catalog, Caller caller, Ledger ledger) {
    this.placement = placement;
    this.catalog = catalog;
    this.caller = caller;
    this.ledger = ledger;
  }

  @GET
  @Operation(summary = "Where each model runs, or why it does not")
  public Response list() {
    return placement.get("placements");
  }

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(hidden = true) // the same for who has curl and nothing else
  public String table() {
    return placement.table("placements");
  }

  @GET
  @Path("/{model}")
  @Operation(
      summary = "Where a model runs and how to start it, or why it does not",
      description = "With environment and flags for the engine, and the changes that would help.")
  public Response one(@PathParam("model") String model) {
    return placement.get("placements/" + Names.model(model));
  }

  @GET
  @Path("/{model}/compose")
  @Produces({"application/yaml", MediaType.APPLICATION_JSON})
  @Operation(
      summary = "A fragment for Docker Compose that starts a model as it was decided",
      description =
          "In YAML, with the volume mounted read-only; for one host, where it is on several.")
  public Response compose(
      @PathParam("model") String model, @QueryParam("host") @Nullable String host) {
    String query = host == null ? "" : "?host=" + URLEncoder.encode(host, StandardCharsets.UTF_8);
    return placement.text(
        "placements/" + Names.model(model) + "/compose" + query, "application/yaml");
  }

  /**
   * What was asked of a model, to be asked again.
   *
   * @param model which
   * @param placement what was asked; empty if nothing was
   */
  public record TakenBack(String model, Optional<PlacementDemand> placement) {}

  @DELETE
  @Path("/{model}")
  @AgainOnConflict
  @Transactional
  @Operation(
      summary = "Ask nothing of a model any more",
      description =
          "An edit of its catalog entry: it stops within seconds, and its files stay. Answers what"
              + " was asked of it, which can be asked again.")
  public TakenBack askNothing(@PathParam("model") String model) {
    ModelName name = Names.model(model);
    return new TakenBack(
        name.value(), catalog.askNothing(name, Origin.rest(caller.actor(), Ids.event())));
  }

  @POST
  @Path("/plan")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "A plan for what would be, or for what is",
      description =
          "Demands instead of the catalog's, invented GPUs, drained ones, models that would stop;"
              + " all may be left out. Nothing is changed.")
  public Response plan(byte @Nullable [] body) {
    return placement.post("placements/plan", body);
  }

  @GET
  @Path("/plan/{number}")
  @Operation(
      summary = "A plan that can be put in force, with what it would move",
      description = "stale-plan (409) once the site is not what the plan was made for.")
  public Response proposed(@PathParam("number") long number) {
    return placement.get("placements/plan/" + number);
  }

  /** Audit entry and command together; whoever leads decides once more when the command arrives. */
  @POST
  @Path("/plan/{number}/apply")
  @Operation(
      summary = "Put a plan in force",
      description =
          "A command on placement-due. Refused with stale-plan once the site is not what the plan"
              + " was made for.")
  public Response apply(@PathParam("number") long number) {
    Response answer = placement.get("placements/plan/" + number);
    if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
      return answer;
    }
    Origin origin = Origin.rest(caller.actor(), Ids.event());
    PlacementDue command =
        new PlacementDue(
            Optional.of(PlacementAction.APPLY),
            Optional.of(number),
            Optional.of(RequestId.of(origin.eventId())));
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                ledger.write(
                    origin.entry("plan.applied", "plan/" + number, Map.of("plan", number)),
                    List.of(
                        Outgoing.of(
                            Topics.PLACEMENT_DUE, "plan/" + number, command, origin.eventId()))));
    return Response.accepted(Map.of("plan", number, "requestId", origin.eventId())).build();
  }
}
