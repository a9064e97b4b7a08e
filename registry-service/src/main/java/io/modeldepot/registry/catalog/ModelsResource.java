package io.modeldepot.registry.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.cache.Cached;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Etags;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Listing;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.AgainOnConflict;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.tokens.Permits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalog over REST. */
@Path("/api/v1/models")
@Tag(name = "models")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Catalog catalog;
  private final Caller caller;
  private final Permits permits;
  private final InstantSource clock;

  ModelsResource(Catalog catalog, Caller caller, Permits permits, InstantSource clock) {
    this.catalog = catalog;
    this.caller = caller;
    this.permits = permits;
    this.clock = clock;
  }

  /**
   * What a removal answers.
   *
   * @param model which
   * @param content whether its versions are to go too
   * @param command the cleanup that was requested for them
   */
  public record Removal(String model, boolean content, Optional<CleanupDue> command) {}

  @GET
  @Cached
  @Transactional
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "The models, with what is there of each")
  public Page<ModelView> list(
      @BeanParam ListRequest request, @QueryParam("q") @Nullable String search) {
    Listing listing = new Listing(ModelFields.FIELDS, request, clock.instant());
    if (search != null && !search.isBlank()) {
      String like =
          "%" + search.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
      listing.and(
          """
          lower(name) like lower(:q) escape '!' or lower(displayName) like lower(:q) escape '!'
          or lower(family) like lower(:q) escape '!'
          or lower(coalesce(repository, '')) like lower(:q) escape '!'
          or lower(coalesce(useCase, '')) like lower(:q) escape '!'
          """,
          Map.of("q", like),
          "q " + search);
    }
    return listing.<ShownModel, ModelView>page(
        (hql, values) -> ShownModel.find(hql, values), ShownModel::value, ModelView::of);
  }

  @GET
  @Cached
  @Path("/{model}")
  @Operation(summary = "One model")
  public ModelView get(@PathParam("model") String model) {
    ModelName name = Names.model(model);
    return catalog.shown(name).orElseThrow(() -> unknown(name));
  }

  @PUT
  @Path("/{model}")
  @AgainOnConflict
  @Transactional
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make an entry, or replace its wishes",
      description = "If-None-Match: * makes only; replacing needs If-Match.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ModelView.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ModelView.class)))
  public Response put(
      @PathParam("model") String model,
      @RequestBody(content = @Content(schema = @Schema(implementation = ModelDescribed.class)))
          byte @Nullable [] body,
      @Context HttpHeaders headers) {
    ModelName name = Names.model(model);
    ObjectNode entry = Bodies.object(body);
    Origin origin = Origin.rest(caller.actor(), Ids.event());
    Optional<ModelDescribed> before = catalog.lock(name);
    if (before.isPresent()) {
      if ("*".equals(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH))) {
        throw ProblemException.of(
            ProblemCode.PRECONDITION_FAILED, "There is an entry " + name + ".");
      }
      Etags.requireMatch(headers, Etags.of(known(name)));
      FamilyName family = before.get().family();
      permits.requireFamily(family);
      catalog.edit(name, now -> Wishes.whole(entry, catalog.standard(name, family)), origin);
      return Response.ok(known(name)).build();
    }
    if (headers.getHeaderString(HttpHeaders.IF_MATCH) != null) {
      throw ProblemException.of(ProblemCode.PRECONDITION_FAILED, "There is no entry " + name + ".");
    }
    FamilyName family = family(name, entry);
    permits.requireFamily(family);
    catalog.create(Wishes.whole(entry, catalog.standard(name, family)), origin);
    return Response.created(URI.create("/api/v1/models/" + name)).entity(known(name)).build();
  }

  @PATCH
  @Path("/{model}")
  @AgainOnConflict
  @Transactional
  @Consumes(MERGE_PATCH)
  @Operation(
      summary = "Change wishes: active, pin, update, keepVersions, placement, …",
      description = "A JSON merge patch (RFC 7396). Needs If-Match.")
  public ModelView patch(
      @PathParam("model") String model,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MERGE_PATCH,
                      schema = @Schema(implementation = ModelDescribed.class)))
          byte @Nullable [] body,
      @Context HttpHeaders headers) {
    ModelName name = Names.model(model);
    ObjectNode patch = Bodies.object(body);
    if (catalog.lock(name).isEmpty()) {
      throw unknown(name);
    }
    Etags.requireMatch(headers, Etags.of(known(name)));
    catalog.edit(
        name, before -> Wishes.patched(before, patch), Origin.rest(caller.actor(), Ids.event()));
    return known(name);
  }

  @DELETE
  @Path("/{model}")
  @AgainOnConflict
  @Transactional
  @Operation(
      summary = "Remove an entry, with content=true its versions too",
      description = "The versions go by a cleanup request, which the janitor executes.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Removal.class)))
  public Response delete(
      @PathParam("model") String model,
      @QueryParam("content") boolean content,
      @Context HttpHeaders headers) {
    ModelName name = Names.model(model);
    catalog.lock(name);
    Etags.requireMatchIfGiven(headers, Etags.of(known(name)));
    Optional<CleanupDue> command =
        catalog.delete(name, content, Origin.rest(caller.actor(), Ids.event()));
    return Response.accepted(new Removal(name.value(), content, command)).build();
  }

  private ModelView known(ModelName name) {
    return catalog.view(name).orElseThrow(() -> unknown(name));
  }

  private FamilyName family(ModelName name, ObjectNode entry) {
    if (entry.path("family").isTextual()) {
      return Bodies.as(
              Wire.mapper().createObjectNode().put("family", entry.path("family").textValue()),
              Family.class)
          .family();
    }
    Optional<FamilyName> orphan = catalog.view(name).map(view -> FamilyName.of(view.family()));
    if (orphan.isPresent()) {
      return orphan.get();
    }
    if (entry.path("repository").isTextual()
        && entry.path("repository").textValue().matches(RepositoryId.PATTERN)) {
      return Catalog.familyFor(RepositoryId.of(entry.path("repository").textValue()));
    }
    throw ProblemException.invalid("/family", "A new entry needs a family or a repository.");
  }

  record Family(FamilyName family) {}

  private static ProblemException unknown(ModelName name) {
    return ProblemException.of(
        ProblemCode.UNKNOWN_MODEL,
        "The catalog has no " + name + ".",
        Map.of("model", name.value()));
  }
}
