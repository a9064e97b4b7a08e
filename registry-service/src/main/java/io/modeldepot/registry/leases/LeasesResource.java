package io.modeldepot.registry.leases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Names;
import io.modeldepot.registry.door.Storable;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.versions.VersionView;
import io.modeldepot.registry.versions.Versions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Leases over REST. */
@Path("/api/v1/models/{model}/leases")
@Tag(name = "leases")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LeasesResource {
  private static final Set<String> MEMBERS = Set.of("holder", "ttlSeconds", "commit", "location");
  private static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();
  private static final int LONGEST_HOLDER = 200;

  private final Leases leases;
  private final Versions versions;
  private final Caller caller;
  private final InstantSource clock;

  LeasesResource(Leases leases, Versions versions, Caller caller, InstantSource clock) {
    this.leases = leases;
    this.versions = versions;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "Who says to use versions of a model now")
  public Page<LeaseView> list(@PathParam("model") String model) {
    return Page.whole(leases.of(Names.model(model).value()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Hold a version, so that no cleanup takes it",
      description =
          "{\"holder\":\"my-app\",\"ttlSeconds\":600}; commit and location, if it is not the current"
              + " version of the first location. Renew it with PUT before it ends.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = LeaseView.class)))
  public Response create(@PathParam("model") String model, byte @Nullable [] body) {
    ModelName name = Names.model(model);
    ObjectNode asked = Bodies.object(body);
    Bodies.onlyMembers(asked, MEMBERS);
    List<FieldError> errors = new ArrayList<>();
    String holder = Storable.text(asked.path("holder").asText("").strip());
    if (holder.isEmpty() || holder.length() > LONGEST_HOLDER) {
      errors.add(new FieldError("/holder", "Say who uses it, in at most 200 characters."));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    VersionView version = version(name, asked);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    LeaseView lease =
        new LeaseView(
            Ids.request().value().replaceFirst("^r-", "l-"),
            name.value(),
            version.commit(),
            version.location(),
            holder,
            now.plusSeconds(seconds(asked)),
            now);
    leases.announce(lease);
    leases.write(lease, Origin.rest(caller.actor(), Ids.event()));
    return Response.created(URI.create("/api/v1/models/" + name + "/leases/" + lease.id()))
        .entity(lease)
        .build();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Hold it for longer: {\"ttlSeconds\":600}")
  public LeaseView renew(
      @PathParam("model") String model, @PathParam("id") String id, byte @Nullable [] body) {
    ObjectNode asked = Bodies.object(body);
    Bodies.onlyMembers(asked, Set.of("ttlSeconds"));
    LeaseView lease =
        known(model, id)
            .until(clock.instant().truncatedTo(ChronoUnit.MILLIS).plusSeconds(seconds(asked)));
    leases.announce(lease);
    leases.write(lease, Origin.rest(caller.actor(), Ids.event()));
    return lease;
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "It is used no more")
  public Response end(@PathParam("model") String model, @PathParam("id") String id) {
    LeaseView lease = known(model, id);
    leases.announceEnd(lease);
    leases.forget(lease, Origin.rest(caller.actor(), Ids.event()));
    return Response.noContent().build();
  }

  private LeaseView known(String model, String id) {
    return leases
        .find(Names.model(model).value(), id)
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.NOT_FOUND,
                    "There is no lease " + id + " of " + model + "; it may have ended.",
                    Map.of("lease", id)));
  }

  private VersionView version(ModelName model, ObjectNode asked) {
    Optional<LocationName> location =
        Optional.of(asked.path("location"))
            .filter(JsonNode::isTextual)
            .map(it -> Names.location(it.textValue()));
    Optional<VersionView> found =
        asked.path("commit").isTextual()
            ? versions.of(model).stream()
                .filter(it -> it.commit().equals(asked.path("commit").textValue()))
                .filter(it -> location.filter(at -> !at.value().equals(it.location())).isEmpty())
                .filter(VersionView::readable)
                .findFirst()
            : versions.current(model, location).filter(VersionView::readable);
    return found.orElseThrow(
        () ->
            ProblemException.of(
                ProblemCode.NOT_PRESENT,
                "There is no such version of " + model + " that could be held.",
                Map.of("model", model.value())));
  }

  private static long seconds(ObjectNode asked) {
    JsonNode seconds = asked.path("ttlSeconds");
    if (!seconds.canConvertToLong()
        || seconds.longValue() < 1
        || seconds.longValue() > LONGEST_SECONDS) {
      throw ProblemException.invalid("/ttlSeconds", "It must be 1 second to 30 days.");
    }
    return seconds.longValue();
  }
}
