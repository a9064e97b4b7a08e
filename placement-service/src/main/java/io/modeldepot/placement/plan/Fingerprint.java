package io.modeldepot.placement.plan;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.Reservation;
import java.util.List;

/**
 * A digest of everything that a plan is made from, the same in every planner that has read the same
 * topics. What was measured, and when somebody was last heard of, makes no difference.
 */
final class Fingerprint {
  private static final int CHARACTERS = 32;

  private Fingerprint() {}

  static String of(Scenario scenario) {
    StringBuilder text = new StringBuilder();
    scenario.fleet().gpus().forEach(gpu -> line(text, gpu(gpu)));
    scenario.demands().forEach(demand -> line(text, demand(demand)));
    scenario.running().all().forEach(one -> line(text, assignment(one)));
    return Sha256.ofText(text.toString()).value().substring(0, CHARACTERS);
  }

  private static void line(StringBuilder text, List<?> parts) {
    parts.forEach(part -> text.append(part).append('\u0000'));
    text.append('\n');
  }

  private static List<?> gpu(FleetGpu gpu) {
    return List.of(
        "gpu",
        gpu.id(),
        gpu.location(),
        gpu.kind(),
        gpu.usableBytes(),
        gpu.reservation().map(Reservation::bytes),
        gpu.condition().getClass().getSimpleName());
  }

  private static List<?> demand(Demand demand) {
    return List.of(
        "demand",
        demand.model(),
        demand.commit(),
        demand.path(),
        demand.locations().stream().sorted().toList(),
        demand.shape(),
        demand.users(),
        demand.contextTokens(),
        demand.variants(),
        demand.priority(),
        demand.replicas(),
        demand.pin(),
        demand.apartFrom().stream().sorted().toList());
  }

  private static List<?> assignment(Assignment one) {
    return List.of(
        "runs", one.replica(), one.gpus(), one.option().ask(), one.perGpu().bytesPerGpu());
  }
}
