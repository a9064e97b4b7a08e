package io.modeldepot.registry.downloads;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.listing.Field;
import io.modeldepot.registry.listing.Field.Kind;
import io.modeldepot.registry.listing.Fields;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Listing;
import io.modeldepot.registry.listing.Order;
import io.modeldepot.registry.listing.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Downloads over REST. */
@Path("/api/v1/downloads")
@Tag(name = "downloads")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class DownloadsResource {
  static final String MODEL = "coalesce(model, '')";

  private static final Field ID = Field.of("id", Kind.TEXT);
  private static final Field CREATED = Field.of("created", "createdAt", Kind.AGE);
  private static final Fields FIELDS =
      new Fields(
          List.of(
              ID,
              Field.of("model", MODEL, Kind.TEXT),
              Field.of("state", Kind.TEXT),
              Field.of("actor", Kind.TEXT),
              Field.of("origin", Kind.TEXT),
              Field.of("final", "isFinal", Kind.FLAG),
              CREATED,
              Field.of("updated", "updatedAt", Kind.AGE)),
          ID,
          new Order(CREATED, true));

  private final Downloads downloads;
  private final Asking asking;
  private final InstantSource clock;

  DownloadsResource(Downloads downloads, Asking asking, InstantSource clock) {
    this.downloads = downloads;
    this.asking = asking;
    this.clock = clock;
  }

  @GET
  @Transactional
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "Downloads, the newest first")
  public Page<DownloadView> list(
      @BeanParam ListRequest request,
      @QueryParam("state") @Nullable List<String> state,
      @QueryParam("model") @Nullable String model) {
    Listing listing = new Listing(FIELDS, request, clock.instant());
    if (state != null && !state.isEmpty()) {
      listing.and("state in :states", Map.of("states", state), "state " + state);
    }
    if (model != null) {
      listing.and("model = :model", Map.of("model", model), "model " + model);
    }
    Page<DownloadRow> rows =
        listing.page(
            (hql, values) -> DownloadRow.find(hql, values),
            DownloadRow::value,
            row -> (DownloadRow) row);
    return new Page<>(downloads.listed(rows.items()), rows.next());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One download; Prefer: wait=N answers when it has ended or after N seconds")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = DownloadView.class)))
  public Response get(@PathParam("id") String id, @HeaderParam("Prefer") @Nullable String prefer) {
    return asking.answer(Response.ok(), Names.request(id), Preference.wait(prefer));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Ask for a model",
      description =
          "The payload of download-requested. Idempotency-Key becomes the request id: the same request"
              + " again is answered as before. Prefer: wait=N waits up to 30 s for the end.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = DownloadView.class)))
  public Response create(
      @RequestBody(content = @Content(schema = @Schema(implementation = DownloadRequested.class)))
          byte @Nullable [] body,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @HeaderParam("Prefer") @Nullable String prefer) {
    DownloadRequested asked = Bodies.as(Bodies.object(body), DownloadRequested.class);
    return asking.ask(asked, Optional.ofNullable(key), Optional.ofNullable(prefer));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Cancel a download")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = DownloadView.class)))
  public Response cancel(@PathParam("id") String id) {
    return asking.cancel(Names.request(id));
  }
}
