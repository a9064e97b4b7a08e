package io.modeldepot.benchmarks.placement;

import io.modeldepot.benchmarks.drawn.DrawnSite;
import io.modeldepot.benchmarks.drawn.Trouble;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Plan;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import io.modeldepot.placement.solve.Effort;
import io.modeldepot.placement.solve.Solver;
import io.modeldepot.placement.whatif.Difference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What pins, enmities, drains, slices and staying put cost: the same overloaded site with and
 * without them. That they hold is checked by the rules for every plan.
 */
final class Wishes {
  private final int models;
  private final int gpus;
  private final Duration limit;
  private final long seed;
  private final Watch watch;

  private Wishes(int models, int gpus, Duration limit, long seed, Watch watch) {
    this.models = models;
    this.gpus = gpus;
    this.limit = limit;
    this.seed = seed;
    this.watch = watch;
  }

  /**
   * @param args models, GPUs, milliseconds for a plan, seed values with commas, watch
   */
  public static void main(String[] args) {
    for (long seed : Arrays.stream(args[3].split(",", -1)).mapToLong(Long::parseLong).toArray()) {
      new Wishes(
              Integer.parseInt(args[0]),
              Integer.parseInt(args[1]),
              Duration.ofMillis(Long.parseLong(args[2])),
              seed,
              Watch.valueOf(args[4]))
          .run();
    }
  }

  private void run() {
    DrawnSite site = DrawnSite.overloaded(seed, models, gpus);
    Trouble trouble = new Trouble(seed);
    Plan plain = plan(site, Assignments.NONE);
    say("none", site, Assignments.NONE, plain, plain);
    fresh("one model in five pinned to a GPU", trouble.pinned(site, 5), plain);
    fresh("one model in five apart from two others", trouble.apart(site, 5), plain);
    fresh("one host in four cut into slices", trouble.sliced(site, 4), plain);
    DrawnSite drained = trouble.drained(site, 10);
    fresh("one GPU in ten drained, planned from nothing", drained, plain);
    say(
        "one GPU in ten drained, while the plan runs",
        drained,
        plain.placed(),
        plan(drained, plain.placed()),
        plain);
    DrawnSite other = trouble.otherUsers(site, 20);
    Plan fromNothing = plan(other, Assignments.NONE);
    say(
        "one demand in twenty changed, planned from nothing",
        other,
        plain.placed(),
        fromNothing,
        fromNothing);
    say(
        "one demand in twenty changed, while the plan runs",
        other,
        plain.placed(),
        plan(other, plain.placed()),
        fromNothing);
  }

  private void fresh(String wish, DrawnSite site, Plan plain) {
    say(wish, site, Assignments.NONE, plan(site, Assignments.NONE), plain);
  }

  private Plan plan(DrawnSite site, Assignments running) {
    return Solver.solve(
        site.fleet(), site.demands(), running, Effort.time(limit, watch.nanos()), seed);
  }

  private void say(String wish, DrawnSite site, Assignments running, Plan plan, Plan without) {
    Situation situation = new Situation(site.fleet(), site.demands(), running, plan.placed());
    List<String> broken = Rules.violations(situation);
    if (!broken.isEmpty()) {
      throw new IllegalStateException(wish + " is not respected: " + broken);
    }
    List<Difference> differences = Difference.between(running, plan.placed());
    System.out.println(
        Lines.write(
            new WishCost(
                wish,
                seed,
                (double) plan.value() / without.value(),
                plan.gapToBound(),
                running.all().size(),
                count(differences, Difference.Moved.class),
                count(differences, Difference.Restarted.class),
                count(differences, Difference.Stopped.class),
                Rules.softCost(situation))));
  }

  private static int count(List<Difference> differences, Class<? extends Difference> kind) {
    return (int) differences.stream().filter(kind::isInstance).count();
  }
}
