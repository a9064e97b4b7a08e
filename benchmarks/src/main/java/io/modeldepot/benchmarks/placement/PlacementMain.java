package io.modeldepot.benchmarks.placement;

import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.solve.Budget;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** {@code make bench-placement}: how far below its proven bound the solver's plans are. */
public final class PlacementMain {
  private static final long[] SEEDS = {20261126L, 20261127L, 20261128L};

  private static final int PROOF_NODES = 200_000;

  private PlacementMain() {}

  /** A size of site, and how long it may take. */
  private record Size(int models, int gpus, Duration search) {}

  private static final List<Size> SIZES =
      List.of(
          new Size(6, 2, Duration.ofMillis(200)),
          new Size(50, 16, Duration.ofSeconds(1)),
          new Size(200, 64, Duration.ofSeconds(5)),
          new Size(1_000, 256, Duration.ofSeconds(30)),
          new Size(5_000, 1_000, Duration.ofSeconds(30)));

  /**
   * @param args the largest number of models that is tried; all by default. Or models, GPUs and
   *     seconds of one size
   */
  public static void main(String[] args) {
    if (args.length == 3) {
      measure(
          new Size(
              Integer.parseInt(args[0]),
              Integer.parseInt(args[1]),
              Duration.ofMillis((long) (1000 * Double.parseDouble(args[2])))));
      return;
    }
    int most = args.length > 0 ? Integer.parseInt(args[0]) : Integer.MAX_VALUE;
    System.out.println(
        "| models x GPUs | search | % below the proven bound, by seed | whole time | thousand moves |");
    System.out.println("|---|---|---|---|---|");
    for (Size size : SIZES) {
      if (size.models() <= most) {
        measure(size);
      }
    }
  }

  private static void measure(Size size) {
    List<String> gaps = new ArrayList<>();
    List<String> seconds = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (long seed : SEEDS) {
      DrawnSite site = DrawnSite.overloaded(seed, size.models(), size.gpus());
      AtomicLong step = new AtomicLong();
      Budget time = Budget.time(size.search(), System::nanoTime);
      Budget counted =
          number -> {
            step.set(number);
            return time.spent(number);
          };
      long since = System.nanoTime();
      Plan plan =
          Solver.solve(
              site.fleet(),
              site.demands(),
              Assignments.NONE,
              new Effort(counted, PROOF_NODES),
              seed);
      seconds.add(String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - since) / 1e9));
      steps.add(String.format(Locale.ROOT, "%.1f", step.get() / 1e3));
      gaps.add(String.format(Locale.ROOT, "%.3f", 100 * plan.gapToBound()));
    }
    System.out.printf(
        "| %d x %d | %s | %s | %s | %s |%n",
        size.models(),
        size.gpus(),
        size.search(),
        String.join(", ", gaps),
        String.join(", ", seconds),
        String.join(", ", steps));
  }
}
