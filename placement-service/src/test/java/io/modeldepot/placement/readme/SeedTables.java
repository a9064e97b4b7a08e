package io.modeldepot.placement.readme;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import io.modeldepot.placement.seed.SeedFleet;
import io.modeldepot.placement.seed.SeedModel;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The seed's models on the seed's GPUs, in Markdown, by the code that plans. */
final class SeedTables {
  private static final double GIB = 1L << 30;
  private static final double GB = 1e9;
  private static final Fleet FLEET = SeedFleet.both();
  private static final Planner PLANNER = new Planner(() -> Effort.steps(2_000, 300_000));

  private SeedTables() {}

  static String text() {
    return models() + "\n" + gpus() + "\n" + sums();
  }

  private static String models() {
    StringBuilder table =
        new StringBuilder(
            """
            | model | weights | KV cache of a user | engine | users on 32 GB | users on 96 GB |
            |---|---|---|---|---|---|
            """);
    for (SeedModel model : SeedModel.values()) {
      row(table, model, model.shape().stored());
      if (model == SeedModel.LLAMA2_70B) {
        row(table, model, Variant.FP8);
      }
    }
    return table.toString();
  }

  private static void row(StringBuilder table, SeedModel model, Variant variant) {
    Breakdown one = model.memory().breakdown(new Ask(variant, 1, model.contextTokens(), 1));
    table.append(
        "| %s %s | %s GB | %s GiB at %d tokens | %s GiB | %s | %s |%n"
            .formatted(
                model.model(),
                variant.label(),
                number(model.shape().weightsBytes(variant) / GB),
                gib(one.kvBytes()),
                model.contextTokens(),
                gib(one.overheadBytes()),
                users(model, variant, SeedFleet.SMALL),
                users(model, variant, SeedFleet.LARGE)));
  }

  private static String users(SeedModel model, Variant variant, GpuId gpu) {
    int users = model.memory().usersThatFit(usable(gpu), variant, model.contextTokens(), 1);
    return users == 0 ? "none" : Integer.toString(users);
  }

  /** All seven as the seed asks for them; what is left out says why. */
  private static String gpus() {
    Proposal plan = propose(SeedModel.demands());
    StringBuilder table = new StringBuilder("| GPU | usable | planned | by |\n|---|---|---|---|\n");
    for (FleetGpu gpu : FLEET.gpus()) {
      List<Assignment> on = plan.plan().placed().on(gpu.id());
      table.append(
          "| %s %s | %s GiB | %s GiB | %s |%n"
              .formatted(
                  gpu.id().id(),
                  gpu.kind().name(),
                  gib(gpu.usableBytes()),
                  gib(on.stream().mapToLong(it -> it.perGpu().bytesPerGpu()).sum()),
                  on.stream()
                      .map(
                          it ->
                              it.replica().model()
                                  + " for "
                                  + it.option().ask().users()
                                  + " users, "
                                  + gib(it.perGpu().bytesPerGpu()))
                      .collect(Collectors.joining("; "))));
    }
    table.append(
        "%nNot placed beside them: %s; `explain NAME` says of each what it lacks.%n"
            .formatted(
                plan.plan().unplaced().stream()
                    .map(it -> it.model().value())
                    .sorted()
                    .collect(Collectors.joining(", "))));
    return table.toString();
  }

  private static String sums() {
    return "14 + 14 + 7 GB on the GPU with 32 GB, each model for one user:\n\n"
        + told(
            SeedFleet.SMALL,
            List.of(
                SeedModel.LLAMA2_7B.demand(),
                SeedModel.MISTRAL_7B.demand(),
                SeedModel.PHI_2.demand()))
        + "\n26 + 26 + 70 GB on the GPU with 96 GB, each model for one user, the largest in eight bits:\n\n"
        + told(
            SeedFleet.LARGE,
            List.of(
                SeedModel.LLAMA2_13B.demand(),
                SeedModel.CODELLAMA_13B.demand(),
                SeedModel.LLAMA2_70B.demand().as(List.of(Variant.FP8))));
  }

  /** What the tool says when these are pinned to one GPU. */
  private static String told(GpuId gpu, List<Demand> demands) {
    List<Demand> pinned =
        demands.stream().map(it -> it.pinnedTo(gpu.toString()).forUsers(Range.exactly(1))).toList();
    Proposal plan = propose(pinned);
    return pinned.stream()
        .map(
            it ->
                "> **%s** %s%n>%n"
                    .formatted(
                        it.model(),
                        Objects.requireNonNull(plan.reasons().get(it.model())).sentence()))
        .collect(Collectors.joining())
        .replaceAll(">\\n$", "");
  }

  private static Proposal propose(List<Demand> demands) {
    return PLANNER.propose(new Scenario(FLEET, demands, Assignments.NONE));
  }

  private static long usable(GpuId gpu) {
    return FLEET.find(gpu).orElseThrow().usableBytes();
  }

  private static String gib(long bytes) {
    return number(bytes / GIB);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
