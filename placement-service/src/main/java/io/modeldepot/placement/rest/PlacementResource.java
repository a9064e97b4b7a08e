package io.modeldepot.placement.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.Replica;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.events.terms.WeightForm;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.engine.Compose;
import io.modeldepot.placement.intake.Applicable;
import io.modeldepot.placement.intake.Waiting;
import io.modeldepot.placement.intake.Works;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.whatif.Fit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The door behind the registry's door. */
@Path("/api/v1")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PlacementResource {
  /** What is looked at of a model that nothing is asked of. */
  private static final PlacementDemand UNASKED = PlacementDemand.of(1, 4096);

  private final Works works;

  @Inject
  PlacementResource(Works works) {
    this.works = works;
  }

  /** A list, as the registry's lists are. */
  public record Items<T>(Collection<T> items) {}

  /**
   * What is in force.
   *
   * @param items a decision a model
   * @param waiting the plan that waits for a yes, where plans need one
   */
  public record Decided(Collection<ModelPlaced> items, Optional<Waiting> waiting) {}

  @GET
  @Path("/gpus")
  public Items<GpuView> gpus() {
    return new Items<>(GpuView.of(scenario()));
  }

  @GET
  @Path("/calibrations")
  public CalibrationView calibrations() {
    ready();
    return CalibrationView.of(works.view(), works.calibrationUse());
  }

  @GET
  @Path("/placements")
  public Decided placements() {
    ready();
    return new Decided(new TreeMap<>(works.topics().placed()).values(), works.waiting());
  }

  @GET
  @Path("/placements/{model}")
  public ObjectNode placement(@PathParam("model") String model) {
    ModelPlaced decision = decision(model);
    return DecisionView.of(decision, works.topics().engines(decision.model()));
  }

  /** For one host: a file of Compose is of one machine. */
  @GET
  @Path("/placements/{model}/compose")
  @Produces({"application/yaml", MediaType.APPLICATION_JSON})
  public Response compose(
      @PathParam("model") String model, @QueryParam("host") @Nullable String host) {
    ModelPlaced decision = decision(model);
    List<String> hosts = decision.replicas().stream().map(Replica::host).distinct().toList();
    if (hosts.isEmpty()) {
      throw new PlacementProblem(
              ProblemCode.NOT_FOUND, model + " is placed nowhere. " + decision.reason())
          .helpedBy(Remedy.cli("See what would place it", "explain " + model));
    }
    if (host == null && hosts.size() > 1) {
      throw new PlacementProblem(
              ProblemCode.INVALID,
              "/host: which host? %s is on %s.".formatted(model, String.join(", ", hosts)))
          .helpedBy(
              Remedy.cli(
                  "Name one", "explain %s --compose --host %s".formatted(model, hosts.getFirst())));
    }
    String meant = host == null ? hosts.getFirst() : host;
    List<Replica> replicas =
        decision.replicas().stream().filter(it -> it.host().equals(meant)).toList();
    if (replicas.isEmpty()) {
      throw new PlacementProblem(
              ProblemCode.NOT_FOUND,
              "%s is not on %s; it is on %s.".formatted(model, meant, String.join(", ", hosts)))
          .helpedBy(
              Remedy.cli(
                  "Name one", "explain %s --compose --host %s".formatted(model, hosts.getFirst())));
    }
    return Response.ok(
            Compose.fragment(decision.model(), replicas, works.modelsDir()), "application/yaml")
        .build();
  }

  private ModelPlaced decision(String model) {
    ready();
    return Optional.ofNullable(works.topics().placed().get(model))
        .orElseThrow(
            () ->
                new PlacementProblem(
                        ProblemCode.NOT_FOUND, "Nothing was decided about " + model + ".")
                    .helpedBy(Remedy.cli("See what is placed", "gpus")));
  }

  @GET
  @Path("/fit")
  public Items<FitView> fit(
      @QueryParam("model") @Nullable String model,
      @QueryParam("users") @Nullable Integer users,
      @QueryParam("context") @Nullable Integer context,
      @QueryParam("variant") @Nullable String variant) {
    Scenario scenario = scenario();
    String meant = Objects.requireNonNullElse(model, "");
    Demand demand =
        scenario.demands().stream()
            .filter(it -> it.model().value().equals(meant))
            .findFirst()
            .orElseGet(() -> wishes().demand(meant, UNASKED));
    int wantedUsers = users == null ? demand.users().wanted() : users;
    int wantedContext = context == null ? demand.contextTokens().wanted() : context;
    if (wantedUsers < 1 || wantedContext < 1) {
      throw new PlacementProblem(ProblemCode.INVALID, "At least one user and one token.");
    }
    List<Fit> fits = Fit.of(demand, variant(demand, variant), wantedUsers, wantedContext, scenario);
    return new Items<>(fits.stream().map(FitView::of).toList());
  }

  /** For a model whose files are not here, by what is known of it. */
  @POST
  @Path("/fit")
  public Items<FitView> fitOf(byte @Nullable [] body) {
    FitRequest request = read(body, FitRequest.class);
    Demand demand = request.demand();
    List<Fit> fits =
        Fit.of(
            demand,
            variant(demand, request.variant().orElse(null)),
            request.users(),
            request.contextTokens(),
            scenario());
    return new Items<>(fits.stream().map(FitView::unseen).toList());
  }

  @POST
  @Path("/placements/plan")
  public ProposalView plan(byte @Nullable [] body) throws InterruptedException {
    Scenario scenario = scenario();
    boolean asIs = body == null || body.length == 0;
    Scenario asked = asIs ? scenario : read(body, WhatIfRequest.class).applyTo(scenario, wishes());
    try {
      Works.Kept kept = works.propose(asked);
      return ProposalView.of(kept.number(), kept.proposal());
    } catch (ExecutionException e) {
      throw new PlacementProblem(
          ProblemCode.BROKER_UNAVAILABLE, "The plan could not be told to the other planners.");
    }
  }

  /** Whether that plan can be applied now. Who asks for it does so by a command, to the leader. */
  @GET
  @Path("/placements/plan/{number}")
  public ProposalView plan(@PathParam("number") long number) {
    ready();
    return switch (works.applicable(number)) {
      case Applicable.Yes yes -> ProposalView.of(number, yes.proposal());
      case Applicable.No no ->
          throw new PlacementProblem(ProblemCode.STALE_PLAN, no.why())
              .helpedBy(Remedy.cli("Make a new plan and look at it", "place --dry-run"));
    };
  }

  private Wishes wishes() {
    return works::wished;
  }

  private static <T> T read(byte @Nullable [] body, Class<T> type) {
    if (body == null || body.length == 0) {
      throw new PlacementProblem(ProblemCode.BAD_REQUEST, "The body is empty.");
    }
    try {
      return Wire.read(body, type);
    } catch (UnreadablePayload e) {
      throw new PlacementProblem(
          e.reason() == UnreadablePayload.Reason.UNREADABLE
              ? ProblemCode.BAD_REQUEST
              : ProblemCode.INVALID,
          e.detail());
    }
  }

  private static Variant variant(Demand demand, @Nullable String text) {
    if (text == null) {
      return demand.servable().isEmpty() ? demand.shape().stored() : demand.servable().getFirst();
    }
    return Variant.named(text)
        .orElseThrow(
            () ->
                new PlacementProblem(ProblemCode.INVALID, "/variant: " + WeightForm.refusal(text)));
  }

  private Scenario scenario() {
    ready();
    return works.view().scenario();
  }

  private void ready() {
    works
        .noAnswer()
        .ifPresent(
            why -> {
              throw works.inventoryFault().isPresent()
                  ? new PlacementProblem(ProblemCode.PLACEMENT_UNAVAILABLE, why)
                      .helpedBy(Remedy.say("Correct the file; it is read again by itself"))
                  : new PlacementProblem(ProblemCode.BROKER_UNAVAILABLE, why);
            });
  }
}
