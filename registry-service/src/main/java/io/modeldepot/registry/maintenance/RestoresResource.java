package io.modeldepot.registry.maintenance;

import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Restores over REST. */
@Path("/api/v1/restores")
@Tag(name = "restores")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RestoresResource {
  private final MaintenanceDoor door;

  RestoresResource(MaintenanceDoor door) {
    this.door = door;
  }

  @GET
  @Operation(summary = "Restores, the newest first")
  public Page<MaintenanceView> list(@BeanParam ListRequest request) {
    return door.list(WorkKind.RESTORES, request);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One restore, with what was written and what was there")
  public MaintenanceView get(@PathParam("id") String id) {
    return door.find(WorkKind.RESTORES, id);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for versions back from a backup",
      description = "The payload of restore-requested. Idempotency-Key becomes the request id.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = MaintenanceView.class)))
  public Response create(
      @RequestBody(content = @Content(schema = @Schema(implementation = RestoreRequested.class)))
          byte @Nullable [] body,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    return door.ask(WorkKind.RESTORES, RestoreRequested.class, body, key);
  }
}
