package io.modeldepot.registry.site;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.door.Etags;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.AgainOnConflict;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The site's settings over REST: wishes about GPUs, what the janitors go by, who is told what. */
@Path("/api/v1/site")
@Tag(name = "site")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SiteResource {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final SiteSettings settings;
  private final Caller caller;

  SiteResource(SiteSettings settings, Caller caller) {
    this.settings = settings;
    this.caller = caller;
  }

  @GET
  @Operation(summary = "What operators wish of the site, by key")
  public Page<SiteDescribed> list() {
    return Page.whole(settings.all());
  }

  @GET
  @Path("/{key: .+}")
  @Operation(summary = "A setting")
  public SiteDescribed get(@PathParam("key") String key) {
    return settings.find(key).orElseThrow(() -> none(key));
  }

  @PUT
  @Path("/{key: .+}")
  @AgainOnConflict
  @Transactional
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Set it: " + SiteWishes.KEYS,
      description =
          "A GPU: {\"state\":\"drained\"} or {\"reservedBytes\":N}, with until and reason if you like."
              + " retention: keep, trashSeconds, unusedDays, cacheBytes, watermarks {high, low}."
              + " A quota: {\"bytes\":N}. A schedule: {\"cron\":\"0 3 * * *\",\"command\":{…}}."
              + " A receiver of notifications: {\"on\":[…],\"url\" or \"urlFile\",\"template\",\"secretFile\"}."
              + " If-Match is honoured.")
  public SiteDescribed put(
      @PathParam("key") String key, byte @Nullable [] body, @Context HttpHeaders headers) {
    if (!SiteWishes.isKey(key)) {
      throw ProblemException.of(
          ProblemCode.NOT_FOUND,
          "There is no setting " + key + "; what can be set is " + SiteWishes.KEYS + ".");
    }
    ObjectNode wish = Bodies.object(body);
    SiteWishes.require(key, wish);
    // Where nothing is set no tag matches.
    Etags.requireMatchIfGiven(headers, settings.lock(key).map(Etags::of).orElse(""));
    return settings.put(
        key, Wire.mapper().convertValue(wish, OBJECT), Origin.rest(caller.actor(), Ids.event()));
  }

  @DELETE
  @Path("/{key: .+}")
  @AgainOnConflict
  @Transactional
  @Operation(summary = "Take it back")
  public Response delete(@PathParam("key") String key, @Context HttpHeaders headers) {
    SiteDescribed now = settings.lock(key).orElseThrow(() -> none(key));
    Etags.requireMatchIfGiven(headers, Etags.of(now));
    settings.remove(key, Origin.rest(caller.actor(), Ids.event()));
    return Response.noContent().build();
  }

  private static ProblemException none(String key) {
    return ProblemException.of(ProblemCode.NOT_FOUND, "Nothing is set under " + key + ".");
  }
}
