package io.modeldepot.registry.versions;

import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.cache.Cached;
import io.modeldepot.registry.capacity.Storages;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.listing.Field;
import io.modeldepot.registry.listing.Field.Kind;
import io.modeldepot.registry.listing.Fields;
import io.modeldepot.registry.listing.ListRequest;
import io.modeldepot.registry.listing.Listing;
import io.modeldepot.registry.listing.Order;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The versions of a model over REST. */
@Path("/api/v1/models/{model}")
@Tag(name = "versions")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class VersionsResource {
  /** A version is one row per location; both together are unique. */
  static final String COMMIT_AT = "concat(commitId, '@', location)";

  private static final Field COMMIT = Field.of("commit", COMMIT_AT, Kind.TEXT);
  private static final Field VERIFIED = Field.of("verified", "verifiedAt", Kind.AGE);
  private static final Fields VERSIONS =
      new Fields(
          List.of(
              COMMIT,
              Field.of("location", Kind.TEXT),
              Field.of("state", Kind.TEXT),
              Field.of("current", Kind.FLAG),
              Field.of("generation", Kind.NUMBER),
              Field.of("size", "presentBytes", Kind.SIZE),
              VERIFIED),
          COMMIT,
          new Order(VERIFIED, true));
  private static final Field PATH = Field.of("path", Kind.TEXT);
  private static final Fields FILES =
      new Fields(
          List.of(PATH, Field.of("size", "sizeBytes", Kind.SIZE), Field.of("present", Kind.FLAG)),
          PATH,
          new Order(PATH, false));

  private final Versions versions;
  private final Catalog catalog;
  private final Storages storages;
  private final InstantSource clock;

  VersionsResource(Versions versions, Catalog catalog, Storages storages, InstantSource clock) {
    this.versions = versions;
    this.catalog = catalog;
    this.storages = storages;
    this.clock = clock;
  }

  /**
   * Where a version lies.
   *
   * @param path relative to the volume
   */
  public record Place(
      String model,
      String location,
      String path,
      String commit,
      long generation,
      Optional<String> volumeId) {}

  @GET
  @Cached
  @Path("/versions")
  @Transactional
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "The versions of a model, the newest first")
  public Page<VersionView> list(
      @PathParam("model") String model,
      @BeanParam ListRequest request,
      @QueryParam("location") @Nullable String location) {
    ModelName name = known(model);
    Listing listing =
        new Listing(VERSIONS, request, clock.instant())
            .and("model = :model and state <> 'removed'", Map.of("model", name.value()), model);
    if (location != null) {
      listing.and("location = :location", Map.of("location", location), "at " + location);
    }
    return listing.<VersionRow, VersionView>page(
        (hql, values) -> VersionRow.find(hql, values), VersionRow::value, VersionRow::view);
  }

  @GET
  @Cached
  @Path("/versions/{commit}")
  @Operation(summary = "One version; a unique beginning of the commit is enough")
  public VersionView get(
      @PathParam("model") String model,
      @PathParam("commit") String commit,
      @QueryParam("location") @Nullable String location) {
    return Commits.find(versions.of(known(model)), model, commit, place(location));
  }

  @GET
  @Cached
  @Path("/versions/{commit}/files")
  @Transactional
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(summary = "The files of a version")
  public Page<VerifiedFile> files(
      @PathParam("model") String model,
      @PathParam("commit") String commit,
      @BeanParam ListRequest request,
      @QueryParam("location") @Nullable String location) {
    VersionView version = Commits.find(versions.of(known(model)), model, commit, place(location));
    return new Listing(FILES, request, clock.instant())
        .and(
            "model = :model and commitId = :commit and location = :location",
            Map.of(
                "model", version.model(),
                "commit", version.commit(),
                "location", version.location()),
            version.model() + version.commit() + version.location())
        .<VersionFileRow, VerifiedFile>page(
            (hql, values) -> VersionFileRow.find(hql, values),
            VersionFileRow::value,
            VersionFileRow::view);
  }

  @GET
  @Path("/path")
  @Operation(summary = "Where the current version lies, relative to the volume")
  public Place path(
      @PathParam("model") String model, @QueryParam("location") @Nullable String location) {
    ModelName name = known(model);
    VersionView version =
        versions
            .current(name, place(location))
            .filter(VersionView::readable)
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.NOT_PRESENT,
                        location == null
                            ? "No location has a current version of " + name + "."
                            : location + " has no current version of " + name + ".",
                        Map.of("model", name.value())));
    return new Place(
        version.model(),
        version.location(),
        version.path(),
        version.commit(),
        version.generation(),
        storages.volumeId(version.location()));
  }

  private ModelName known(String model) {
    ModelName name = Names.model(model);
    if (!catalog.isShown(name)) {
      throw ProblemException.of(
          ProblemCode.UNKNOWN_MODEL,
          "The catalog has no " + name + ".",
          Map.of("model", name.value()));
    }
    return name;
  }

  private static Optional<LocationName> place(@Nullable String location) {
    return Optional.ofNullable(location).map(Names::location);
  }
}
