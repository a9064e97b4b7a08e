package io.modeldepot.placement.explain;

import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.plan.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of one model why the plan is as it is. */
public final class Reasons {
  private static final int GPUS_ALL_NAMED = 4;
  private static final int GPUS_NAMED = 3;

  private final Scenario scenario;
  private final Plan plan;
  private final Room room;

  public Reasons(Scenario scenario, Plan plan) {
    this.scenario = scenario;
    this.plan = plan;
    this.room = new Room(scenario, plan.placed());
  }

  /** Why, and what would change it. */
  public Reason of(Demand demand) {
    List<Assignment> placed = plan.placed().of(demand.model());
    if (placed.isEmpty()) {
      return new Reason(
          whyNot(demand), Optional.of(obstacle(demand)), Changes.toPlace(demand, room));
    }
    List<String> sentences = new ArrayList<>();
    placed.forEach(one -> sentences.add(why(demand, one)));
    if (placed.size() < demand.replicas()) {
      sentences.add(
          "%d of %d replicas: no place is left that keeps them apart."
              .formatted(placed.size(), demand.replicas()));
    }
    placed.getFirst().perGpu().remarks().forEach(sentences::add);
    return new Reason(String.join(" ", sentences), Optional.empty(), List.of());
  }

  private String why(Demand demand, Assignment one) {
    FleetGpu first = gpu(one.gpus().getFirst());
    Ask ask = one.option().ask();
    String where = one.gpus().stream().map(GpuId::toString).collect(Collectors.joining(", "));
    StringBuilder text =
        new StringBuilder(
            "On %s (%s): %s at %d tokens, %s; weights %s, KV cache %s, engine %s GiB of %s usable."
                .formatted(
                    where,
                    first.kind().name(),
                    Words.users(ask.users()),
                    ask.contextTokens(),
                    ask.variant().label(),
                    Gib.of(one.perGpu().weightsBytes()),
                    Gib.of(one.perGpu().kvBytes()),
                    Gib.of(one.perGpu().overheadBytes()),
                    Gib.of(first.plannableBytes())));
    if (ask.users() < demand.users().wanted()) {
      text.append(" %d users were wanted.".formatted(demand.users().wanted()));
    }
    movedFrom(one).ifPresent(text::append);
    if (plan.gapToBound() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              " The whole plan serves at most %.2f %% less than the best possible.",
              100 * plan.gapToBound()));
    }
    return text.toString();
  }

  private Optional<String> movedFrom(Assignment one) {
    return scenario
        .running()
        .find(one.replica())
        .filter(before -> !before.sameGpus(one))
        .map(
            before ->
                " It moves from %s, %s."
                    .formatted(
                        before.gpus().stream()
                            .map(GpuId::toString)
                            .collect(Collectors.joining(", ")),
                        before.gpus().stream()
                            .map(id -> scenario.fleet().find(id).map(FleetGpu::condition))
                            .map(condition -> condition.map(Reasons::cause).orElse("which is gone"))
                            .distinct()
                            .collect(Collectors.joining(", "))));
  }

  private static String cause(Condition condition) {
    return switch (condition) {
      case Condition.Drained drained -> "which is drained (" + drained.reason() + ")";
      case Condition.GivenUp gone -> "which was last heard of " + gone.since();
      case Condition.Lost lost -> "which was last heard of " + lost.since();
      case Condition.Ready ready -> "so that more is served";
    };
  }

  private PlacementObstacle obstacle(Demand demand) {
    List<FleetGpu> reachable =
        room.gpus().stream().filter(gpu -> room.reachable(demand, gpu)).toList();
    if (demand.locations().isEmpty()) {
      return PlacementObstacle.NOT_ASKED;
    }
    if (demand.servable().isEmpty()) {
      return PlacementObstacle.NO_VARIANT;
    }
    if (reachable.isEmpty()) {
      return PlacementObstacle.NO_GPU;
    }
    return reachable.stream().anyMatch(gpu -> least(demand, gpu).shortBytes(gpu.usableBytes()) <= 0)
        ? PlacementObstacle.NO_ROOM
        : PlacementObstacle.TOO_LARGE;
  }

  private String whyNot(Demand demand) {
    if (demand.locations().isEmpty()) {
      return "Not placed: no location has verified files of it.";
    }
    if (demand.servable().isEmpty()) {
      return "Not placed: wished are %s, and the files are %s, of which these cannot be made."
          .formatted(
              demand.variants().stream().map(Variant::label).toList(),
              demand.shape().stored().label());
    }
    List<FleetGpu> reachable =
        room.gpus().stream().filter(gpu -> room.reachable(demand, gpu)).toList();
    if (reachable.isEmpty()) {
      return demand
          .pin()
          .map(pin -> "Not placed: it is pinned to %s, and there is no such GPU.".formatted(pin))
          .orElse("Not placed: there is no GPU where its files are.");
    }
    if (reachable.size() <= GPUS_ALL_NAMED) {
      return "Not placed: " + onEach(demand, reachable.stream()) + ".";
    }
    Stream<FleetGpu> nearest =
        reachable.stream()
            .sorted(Comparator.comparingLong(gpu -> missing(demand, gpu)))
            .limit(GPUS_NAMED);
    return "Not placed: nearest to it are %s; %d other GPUs are further from it."
        .formatted(onEach(demand, nearest), reachable.size() - GPUS_NAMED);
  }

  private String onEach(Demand demand, Stream<FleetGpu> gpus) {
    return gpus.map(gpu -> whyNotOn(demand, gpu)).collect(Collectors.joining("; "));
  }

  /** How far a GPU is from taking it. */
  private long missing(Demand demand, FleetGpu gpu) {
    return gpu.condition().takes()
        ? least(demand, gpu).bytesPerGpu() - room.left(gpu)
        : Long.MAX_VALUE;
  }

  private String whyNotOn(Demand demand, FleetGpu gpu) {
    String name = "%s (%s)".formatted(gpu.id(), gpu.kind().name());
    if (!gpu.condition().takes()) {
      return name + ", " + cause(gpu.condition()) + ", takes nothing";
    }
    Breakdown least = least(demand, gpu);
    long empty = least.shortBytes(gpu.usableBytes());
    Ask ask = least.ask();
    if (empty > 0) {
      return "on %s, empty, it is %s GiB short at %d tokens for %s"
          .formatted(name, Gib.of(empty), ask.contextTokens(), Words.users(ask.users()));
    }
    if (room.foeOn(demand, gpu)) {
      return name + " has a model it is kept apart from";
    }
    List<String> takers = new ArrayList<>();
    room.on(gpu)
        .forEach(
            one ->
                takers.add("%s %s".formatted(one.replica(), Gib.of(one.perGpu().bytesPerGpu()))));
    gpu.reservation()
        .ifPresent(
            some ->
                takers.add(
                    "%s reserved: %s%s"
                        .formatted(
                            Gib.of(some.bytes()),
                            some.reason(),
                            some.until().map(end -> ", until " + end).orElse(""))));
    return "%s has %s GiB left%s, and it needs %s at %d tokens for %s"
        .formatted(
            name,
            Gib.of(room.left(gpu)),
            takers.isEmpty() ? "" : " (" + String.join(", ", takers) + ")",
            Gib.of(least.bytesPerGpu()),
            ask.contextTokens(),
            Words.users(ask.users()));
  }

  private static Breakdown least(Demand demand, FleetGpu gpu) {
    int context = Math.min(demand.contextTokens().least(), demand.shape().contextTokens());
    return demand.servable().stream()
        .map(
            variant ->
                demand
                    .memoryOn(gpu.kind())
                    .breakdown(new Ask(variant, demand.users().least(), context, 1)))
        .min(Comparator.comparingLong(Breakdown::bytesPerGpu))
        .orElseThrow();
  }

  private FleetGpu gpu(GpuId id) {
    return scenario.fleet().find(id).orElseThrow();
  }
}
