package io.modeldepot.registry.placement;

import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.WeightForm;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.catalog.ModelView;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
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
  private static final int USUAL_CONTEXT = 4096;

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
              + " users. Users, context and variant are those of the catalog where not given; 1 user"
              + " at 4096 tokens where nothing is asked of the model. For a model that is not here"
              + " yet: by what its publisher says of it.")
  public Response fit(
      @QueryParam("model") @Nullable String model,
      @QueryParam("users") @Nullable String users,
      @QueryParam("context") @Nullable String context,
      @QueryParam("variant") @Nullable String variant) {
    if (model == null || model.isBlank()) {
      throw ProblemException.invalid("/model", "Which model? It is required.");
    }
    ModelView view =
        catalog
            .view(Names.model(model))
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.UNKNOWN_MODEL, "The catalog has no " + model + "."));
    if (variant != null && WeightForm.named(variant).isEmpty()) {
      throw ProblemException.invalid("/variant", WeightForm.refusal(variant));
    }
    OptionalInt someUsers = number(users, "/users");
    OptionalInt tokens = number(context, "/context");
    if (view.current().isEmpty()) {
      return placement.post("fit", Wire.write(unseen(view, someUsers, tokens, variant)));
    }
    StringBuilder query = new StringBuilder("fit?model=" + view.model());
    someUsers.ifPresent(count -> query.append("&users=").append(count));
    tokens.ifPresent(count -> query.append("&context=").append(count));
    if (variant != null) {
      query.append("&variant=").append(URLEncoder.encode(variant, StandardCharsets.UTF_8));
    }
    return placement.get(query.toString());
  }

  private static OptionalInt number(@Nullable String text, String pointer) {
    if (text == null || text.isBlank()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number > 0) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // told below, with what is below 1
    }
    throw ProblemException.invalid(pointer, "\"" + text + "\" is no number above 0.");
  }

  private static Unseen unseen(
      ModelView view, OptionalInt users, OptionalInt context, @Nullable String variant) {
    Optional<PlacementDemand> wish = view.placement();
    ModelProfile profile =
        view.modelProfile()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.UNKNOWN_MODEL,
                        "What memory %s needs is not known before its files are here."
                            .formatted(view.model())));
    return new Unseen(
        view.model(),
        profile,
        users.orElse(wish.map(PlacementDemand::users).orElse(ONE_USER)),
        context.orElse(
            Math.min(
                wish.map(PlacementDemand::contextTokens).orElse(USUAL_CONTEXT),
                profile.contextTokens().orElse(Integer.MAX_VALUE))),
        Optional.ofNullable(variant)
            .or(() -> wish.flatMap(demand -> demand.variants().stream().findFirst())));
  }
}
