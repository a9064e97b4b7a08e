package io.modeldepot.registry.placement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Planned against measured. */
@Path("/api/v1/calibrations")
@Tag(name = "placement")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CalibrationsResource {
  private final PlacementService placement;

  CalibrationsResource(PlacementService placement) {
    this.placement = placement;
  }

  @GET
  @Operation(
      summary = "What running engines take, beside what was planned for them",
      description =
          "In bytes, with the error of the plan by the documented constants and by those that"
              + " follow from the measurements, and why a measurement is not believed.")
  public Response list() {
    return placement.get("calibrations");
  }
}
