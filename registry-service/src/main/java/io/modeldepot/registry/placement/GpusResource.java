package io.modeldepot.registry.placement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The GPUs of the site. */
@Path("/api/v1/gpus")
@Tag(name = "placement")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class GpusResource {
  private final PlacementService placement;

  GpusResource(PlacementService placement) {
    this.placement = placement;
  }

  @GET
  @Operation(
      summary = "The GPUs, and what holds their memory",
      description = "In bytes: what can be planned with, what is taken by whom, what is free.")
  public Response list() {
    return placement.get("gpus");
  }
}
