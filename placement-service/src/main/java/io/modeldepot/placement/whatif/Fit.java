package io.modeldepot.placement.whatif;

import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.memory.Ask;
import io.modeldepot.placement.memory.Breakdown;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a model fits a GPU.
 *
 * @param gpu which
 * @param breakdown what it takes there
 * @param usableBytes of the GPU
 * @param leftBytes beside what runs there and what is reserved
 * @param usersWhenEmpty that fit at that context if nothing else were there
 * @param usersNow that fit at that context beside what is there
 * @param contextWhenEmpty that fits for so many users if nothing else were there
 * @param usersByContext users that fit when empty, by context
 */
public record Fit(
    FleetGpu gpu,
    Breakdown breakdown,
    long usableBytes,
    long leftBytes,
    int usersWhenEmpty,
    int usersNow,
    OptionalInt contextWhenEmpty,
    TreeMap<Integer, Integer> usersByContext) {
  private static final int SHORTEST = 512;

  /** Whether it fits beside what is there, on a GPU that takes something new. */
  public boolean fitsNow() {
    return gpu.condition().takes() && breakdown.bytesPerGpu() <= leftBytes;
  }

  /** On every GPU, so many users at such a context. */
  public static List<Fit> of(
      Demand demand, Variant variant, int users, int context, Scenario scenario) {
    Assignments others = scenario.running().without(List.of(demand.model()));
    var taken = others.bytesByGpu();
    int tokens = Math.min(context, demand.shape().contextTokens());
    return scenario.fleet().gpus().stream()
        .map(
            gpu -> {
              MemoryModel memory = demand.memoryOn(gpu.kind());
              long left = gpu.plannableBytes() - taken.getOrDefault(gpu.id(), 0L);
              return new Fit(
                  gpu,
                  memory.breakdown(new Ask(variant, users, tokens, 1)),
                  gpu.usableBytes(),
                  left,
                  memory.usersThatFit(gpu.usableBytes(), variant, tokens, 1),
                  memory.usersThatFit(left, variant, tokens, 1),
                  memory.contextThatFits(gpu.usableBytes(), variant, users, 1),
                  grid(memory, variant, gpu.usableBytes()));
            })
        .toList();
  }

  private static TreeMap<Integer, Integer> grid(MemoryModel memory, Variant variant, long bytes) {
    int longest = memory.shape().contextTokens();
    return Stream.concat(
            Stream.iterate(SHORTEST, context -> context < longest, context -> context * 2),
            Stream.of(longest))
        .collect(
            Collectors.toMap(
                context -> context,
                context -> memory.usersThatFit(bytes, variant, context, 1),
                (one, same) -> one,
                TreeMap::new));
  }
}
