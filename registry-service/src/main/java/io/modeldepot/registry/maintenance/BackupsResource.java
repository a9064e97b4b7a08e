package io.modeldepot.registry.maintenance;

import io.modeldepot.events.command.BackupDue;
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

/** Backups over REST. */
@Path("/api/v1/backups")
@Tag(name = "backups")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class BackupsResource {
  private final MaintenanceDoor door;

  BackupsResource(MaintenanceDoor door) {
    this.door = door;
  }

  @GET
  @Operation(summary = "Backups and work on them, the newest first")
  public Page<MaintenanceView> list(@BeanParam ListRequest request) {
    return door.list(WorkKind.BACKUPS, request);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One backup, check, prune or drill, with what came of it")
  public MaintenanceView get(@PathParam("id") String id) {
    return door.find(WorkKind.BACKUPS, id);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for a backup, a plan of one, a check, a pin, a prune or a drill",
      description = "The payload of backup-due. Idempotency-Key becomes the request id.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = MaintenanceView.class)))
  public Response create(
      @RequestBody(content = @Content(schema = @Schema(implementation = BackupDue.class)))
          byte @Nullable [] body,
      @HeaderParam("Idempotency-Key") @Nullable String key) {
    return door.ask(WorkKind.BACKUPS, BackupDue.class, body, key);
  }
}
