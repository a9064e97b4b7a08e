package io.modeldepot.placement.rest;

import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.WeightForm;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.fleet.Utilisation;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would be different.
 *
 * @param demands by model, instead of what the catalog says
 * @param gpus invented ones
 * @param drain GPUs that would be empty, as {@code host/id}
 * @param stop models that would run no more
 */
public record WhatIfRequest(
    Map<String, PlacementDemand> demands,
    List<InventedGpu> gpus,
    List<String> drain,
    List<String> stop) {
  private static final long MIB = 1L << 20;

  /** An absent list is an empty one; nothing in it is. */
  public WhatIfRequest {
    refuseNulls(gpus, "gpus");
    refuseNulls(drain, "drain");
    refuseNulls(stop, "stop");
    if (demands != null && demands.containsValue(null)) {
      throw new IllegalArgumentException("demands: null is no demand.");
    }
    demands = Components.map(demands);
    gpus = Components.list(gpus);
    drain = Components.list(drain);
    stop = Components.list(stop);
  }

  private static void refuseNulls(@Nullable List<?> list, String name) {
    if (list != null && list.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(name + ": null is nothing that could be meant.");
    }
  }

  /** A GPU that is not there. */
  public record InventedGpu(String host, String id, String name, long memoryMiB) {}

  /** The scenario that would be. */
  Scenario applyTo(Scenario scenario, Wishes wishes) {
    Scenario changed = scenario;
    for (Map.Entry<String, PlacementDemand> wish : demands.entrySet()) {
      refuseNonsense(wish.getValue(), "/demands/" + wish.getKey());
      changed = changed.asking(wishes.demand(wish.getKey(), wish.getValue()));
    }
    for (String model : stop) {
      changed = changed.without(asked(model, changed));
    }
    List<FleetGpu> invented = new ArrayList<>();
    for (int i = 0; i < gpus.size(); i++) {
      invented.add(invented(gpus.get(i), "/gpus/" + i, changed));
    }
    changed = changed.on(changed.fleet().and(invented));
    for (String gpu : drain) {
      changed = drained(changed, gpu);
    }
    return changed;
  }

  private static Scenario drained(Scenario scenario, String gpu) {
    List<FleetGpu> meant = scenario.fleet().meantBy(gpu);
    if (meant.isEmpty()) {
      throw new PlacementProblem(ProblemCode.INVALID, "/drain: there is no GPU " + gpu + ".");
    }
    Scenario changed = scenario;
    for (FleetGpu one : meant) {
      changed =
          changed.on(
              changed
                  .fleet()
                  .with(one.id(), it -> it.in(new Condition.Drained(Optional.empty(), "what if"))));
    }
    return changed;
  }

  /** What a catalog may say and is then read as it is meant, is a mistake in a question. */
  private static void refuseNonsense(PlacementDemand wish, String at) {
    if (wish.users() < 1 || wish.contextTokens() < 1) {
      throw new PlacementProblem(ProblemCode.INVALID, at + ": at least one user and one token.");
    }
    for (String text : wish.variants()) {
      if (Variant.named(text).isEmpty()) {
        throw new PlacementProblem(
            ProblemCode.INVALID, at + "/variants: " + WeightForm.refusal(text));
      }
    }
  }

  private static ModelName asked(String model, Scenario scenario) {
    return scenario.demands().stream()
        .map(Demand::model)
        .filter(it -> it.value().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                new PlacementProblem(
                    ProblemCode.INVALID, "/stop: nothing is asked of " + model + "."));
  }

  private static FleetGpu invented(InventedGpu gpu, String at, Scenario scenario) {
    boolean wrong =
        gpu.host() == null
            || gpu.host().isBlank()
            || gpu.id() == null
            || gpu.id().isBlank()
            || gpu.memoryMiB() < 1
            || gpu.memoryMiB() > 1L << 24;
    if (wrong) {
      throw new PlacementProblem(
          ProblemCode.INVALID, at + ": host, id and memoryMiB are required.");
    }
    GpuId id = new GpuId(gpu.host(), gpu.id());
    if (scenario.fleet().find(id).isPresent()) {
      throw new PlacementProblem(ProblemCode.INVALID, at + ": " + id + " is there already.");
    }
    long memory = gpu.memoryMiB() * MIB;
    String name = gpu.name() == null ? "invented" : gpu.name();
    return FleetGpu.ready(
        scenario.demands().stream()
            .flatMap(demand -> demand.locations().stream())
            .findFirst()
            .orElseGet(() -> LocationName.of("default")),
        id,
        GpuKind.of(gpu.id(), name, memory),
        Utilisation.DEFAULT.of(memory));
  }
}
