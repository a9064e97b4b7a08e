package io.modeldepot.registry.placement;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.site.SiteSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The GPUs of the site. */
@Path("/api/v1/gpus")
@Tag(name = "placement")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class GpusResource {
  private static final Set<String> GONE = Set.of("lost", "given-up");

  private final PlacementService placement;
  private final SiteSettings settings;
  private final Ledger ledger;
  private final Caller caller;

  GpusResource(PlacementService placement, SiteSettings settings, Ledger ledger, Caller caller) {
    this.placement = placement;
    this.settings = settings;
    this.ledger = ledger;
    this.caller = caller;
  }

  @GET
  @Operation(
      summary = "The GPUs, and what holds their memory",
      description = "In bytes: what can be planned with, what is taken by whom, what is free.")
  public Response list() {
    return placement.get("gpus");
  }

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(hidden = true) // the same for who has curl and nothing else
  public String table() {
    return placement.table("gpus");
  }

  /**
   * What is known of a host is forgotten.
   *
   * @param host which
   * @param gpus that it had
   */
  public record Forgotten(String host, List<String> gpus) {}

  @DELETE
  @Path("/{host}")
  @Operation(
      summary = "Forget a host that reports no more",
      description =
          "Its GPUs, and what was wished of them. in-use (409) while it reports or is listed in the"
              + " inventory.")
  public Forgotten forget(@PathParam("host") String host) {
    List<String> gpus = new ArrayList<>();
    for (JsonNode gpu : placement.read("gpus").path("items")) {
      if (gpu.path("host").asText().equals(host)) {
        String state = gpu.path("state").asText();
        if (!GONE.contains(state)) {
          throw new ProblemException(
              Problem.of(
                      ProblemCode.IN_USE,
                      "GPU %s of %s is %s; only a host that nobody hears of can be forgotten."
                          .formatted(gpu.path("id").asText(), host, state),
                      Map.of("host", host, "state", state))
                  .withRemedies(
                      List.of(
                          Remedy.say(
                              "Stop the agent on it, or take it out of the inventory file; release"
                                  + " what is drained"))),
              List.of());
        }
        gpus.add(gpu.path("id").asText());
      }
    }
    if (gpus.isEmpty()) {
      throw new ProblemException(
          Problem.of(ProblemCode.NOT_FOUND, "No GPU of a host " + host + " is known.")
              .withRemedies(List.of(Remedy.cli("See the hosts and their GPUs", "gpus"))),
          List.of());
    }
    Origin origin = Origin.rest(caller.actor(), Ids.event());
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              gpus.forEach(
                  gpu -> settings.remove("gpu/" + host + "/" + gpu, origin.and("wish-" + gpu)));
              ledger.write(
                  origin.entry("host.forgotten", "host/" + host, Map.of("gpus", gpus)),
                  List.of(Outgoing.forgotten(Topics.GPU_REPORTED, host, origin.eventId())));
            });
    return new Forgotten(host, gpus);
  }
}
