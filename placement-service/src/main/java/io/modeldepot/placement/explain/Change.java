package io.modeldepot.placement.explain;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Scenario;
import java.util.List;

/** Something small that would place a model. */
public sealed interface Change {

  /** The scenario after it. */
  Scenario applyTo(Scenario scenario);

  /** What is changed and what comes of it, in words. */
  String say();

  /** Fewer users. */
  record FewerUsers(Demand demand, int users, GpuId gpu) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.asking(demand.forUsers(Range.exactly(users)));
    }

    @Override
    public String say() {
      return "%s instead of %d: fits %s".formatted(Words.users(users), demand.users().least(), gpu);
    }
  }

  /** A shorter context. */
  record ShorterContext(Demand demand, int tokens, GpuId gpu) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.asking(demand.withContext(Range.exactly(tokens)));
    }

    @Override
    public String say() {
      return "context %d instead of %d: fits %s for %s"
          .formatted(
              tokens, demand.contextTokens().least(), gpu, Words.users(demand.users().least()));
    }
  }

  /** One user with a shorter context, where neither alone would do. */
  record OneUserShorterContext(Demand demand, int tokens, GpuId gpu) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.asking(demand.forUsers(Range.exactly(1)).withContext(Range.exactly(tokens)));
    }

    @Override
    public String say() {
      return "1 user with context %d: fits %s".formatted(tokens, gpu);
    }
  }

  /** Another form of the weights. */
  record OtherVariant(Demand demand, Variant variant, int users, GpuId gpu) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.asking(demand.as(List.of(variant)).forUsers(Range.exactly(users)));
    }

    @Override
    public String say() {
      return "quantise to %s: fits %s for %s at %d"
          .formatted(variant.label(), gpu, Words.users(users), demand.contextTokens().least());
    }
  }

  /** Give up what is reserved on a GPU. */
  record LiftReservation(FleetGpu gpu, int users) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.on(scenario.fleet().with(gpu.id(), FleetGpu::unreserved));
    }

    @Override
    public String say() {
      return "lift the reservation of %s GiB on %s (%s): fits for %s"
          .formatted(
              Gib.of(gpu.reservation().orElseThrow().bytes()),
              gpu.id(),
              gpu.reservation().orElseThrow().reason(),
              Words.users(users));
    }
  }

  /** Use a GPU again. */
  record EndDrain(FleetGpu gpu, int users) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.on(scenario.fleet().with(gpu.id(), it -> it.in(new Condition.Ready())));
    }

    @Override
    public String say() {
      return "end the drain of %s: fits for %s".formatted(gpu.id(), Words.users(users));
    }
  }

  /** Let it go anywhere. */
  record Unpin(Demand demand, GpuId gpu) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.asking(demand.unpinned());
    }

    @Override
    public String say() {
      return "unpin it from %s: fits %s".formatted(demand.pin().orElseThrow(), gpu);
    }
  }

  /** Stop something else. */
  record StopModel(ModelName other, GpuId gpu, int users) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.without(other);
    }

    @Override
    public String say() {
      return "stop %s: fits %s for %s".formatted(other, gpu, Words.users(users));
    }
  }

  /** Buy one. */
  record AddGpu(FleetGpu gpu, int users) implements Change {
    @Override
    public Scenario applyTo(Scenario scenario) {
      return scenario.on(scenario.fleet().and(List.of(gpu)));
    }

    @Override
    public String say() {
      return "add a GPU of %s GiB or more: fits for %s"
          .formatted(gpu.kind().memoryBytes() >> 30, Words.users(users));
    }
  }
}
