package io.modeldepot.registry.placement;

import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.catalog.ModelView;
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
  private static final int ONE_USER = 1;

  private final PlacementService placement;
  private final Catalog catalog;

  FitResource(PlacementService placement, Catalog catalog) {
    this.placement = placement;
    this.catalog = catalog;
  }

  /** The question about a model whose files are not here; see the placement service. */
  private record Unseen(
      String model, ModelProfile profile, int users, int contextTokens, Optional<String> variant) {}

  @GET
  @Operation(
      summary = "Whether a model fits each GPU, for how many users at which context",
      description =
          "The memory in bytes, the users that fit at the context, the context that fits for the"
              + " users. Users, context and variant are those of the catalog where not given. For a"
              + " model that is not here yet: by what its publisher says of it.")
  public Response fit(
      @QueryParam("model") @Nullable String model,
      @QueryParam("users") @Nullable Integer users,
      @QueryParam("context") @Nullable Integer context,
      @QueryParam("variant") @Nullable String variant,
      @Context UriInfo uri) {
    Optional<Unseen> unseen =
        Optional.ofNullable(model)
            .filter(name -> name.matches(ModelName.PATTERN))
            .flatMap(name -> catalog.view(ModelName.of(name)))
            .flatMap(view -> unseen(view, users, context, Optional.ofNullable(variant)));
    if (unseen.isPresent()) {
      return placement.post("fit", Wire.write(unseen.get()));
    }
    return placement.get(
        "fit" + Optional.ofNullable(uri.getRequestUri().getRawQuery()).map("?"::concat).orElse(""));
  }

  private static Optional<Unseen> unseen(
      ModelView view,
      @Nullable Integer users,
      @Nullable Integer context,
      Optional<String> variant) {
    if (view.current().isPresent()) {
      return Optional.empty();
    }
    Optional<PlacementDemand> wish = view.placement();
    return view.modelProfile()
        .map(
            profile ->
                new Unseen(
                    view.model(),
                    profile,
                    users != null ? users : wish.map(PlacementDemand::users).orElse(ONE_USER),
                    context != null
                        ? context
                        : wish.map(PlacementDemand::contextTokens)
                            .or(profile::contextTokens)
                            .orElse(0),
                    variant));
  }
}
