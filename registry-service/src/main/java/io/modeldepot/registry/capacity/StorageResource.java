package io.modeldepot.registry.capacity;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.cache.Cached;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How full the locations are, over REST. */
@Path("/api/v1")
@Tag(name = "storage")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StorageResource {
  private final Storages storages;
  private final Usages usages;

  StorageResource(Storages storages, Usages usages) {
    this.storages = storages;
    this.usages = usages;
  }

  @GET
  @Cached
  @Path("/storage")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "The last report of every location")
  public Page<StorageReported> list() {
    return Page.whole(storages.all());
  }

  @GET
  @Cached
  @Path("/storage/{location}")
  @Operation(summary = "The last report of a location")
  public StorageReported get(@PathParam("location") String location) {
    return storages
        .at(Names.location(location))
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.NOT_FOUND,
                    "No location " + location + " has reported.",
                    Map.of("location", location)));
  }

  @GET
  @Path("/usage")
  @Operation(summary = "Who takes the space: by kind, family and model; and what archives save")
  public Usages.Usage usage() {
    return usages.now();
  }
}
