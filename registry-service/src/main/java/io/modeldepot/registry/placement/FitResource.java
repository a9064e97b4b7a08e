package io.modeldepot.registry.placement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether a model fits, and for whom. */
@Path("/api/v1/fit")
@Tag(name = "placement")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FitResource {
  private final PlacementService placement;

  FitResource(PlacementService placement) {
    this.placement = placement;
  }

  @GET
  @Operation(
      summary = "Whether a model fits each GPU, for how many users at which context",
      description =
          "The memory in bytes, the users that fit at the context, the context that fits for the"
              + " users. Users, context and variant are those of the catalog where not given.")
  public Response fit(
      @QueryParam("model") @Nullable String model,
      @QueryParam("users") @Nullable Integer users,
      @QueryParam("context") @Nullable Integer context,
      @QueryParam("variant") @Nullable String variant,
      @Context UriInfo uri) {
    return placement.get(
        "fit" + Optional.ofNullable(uri.getRequestUri().getRawQuery()).map("?"::concat).orElse(""));
  }
}
