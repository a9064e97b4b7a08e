package io.modeldepot.benchmarks.placement;

import io.modeldepot.benchmarks.drawn.SiteKind;
import io.modeldepot.benchmarks.rig.Usage;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.rules.Rules;
import io.modeldepot.placement.rules.Situation;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One contestant on sites of one size, in a process of its own, so that its memory is its own. It
 * begins with a site that does not count, as a service that runs has warm code too.
 */
final class Heat {
  private static final long NOT_COUNTED = 1_000_000;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final String name;
  private final SiteKind kind;
  private final int models;
  private final int gpus;
  private final Watch watch;

  private Heat(String name, SiteKind kind, int models, int gpus, Watch watch) {
    this.name = name;
    this.kind = kind;
    this.models = models;
    this.gpus = gpus;
    this.watch = watch;
  }

  /**
   * @param args contestant, kind of site, models, GPUs, milliseconds, seed values with commas,
   *     watch
   */
  public static void main(String[] args) throws IOException {
    SiteKind kind = SiteKind.valueOf(args[1]);
    int models = Integer.parseInt(args[2]);
    int gpus = Integer.parseInt(args[3]);
    Duration limit = Duration.ofMillis(Long.parseLong(args[4]));
    long[] seeds = Arrays.stream(args[5].split(",", -1)).mapToLong(Long::parseLong).toArray();
    Duration shorter = limit.compareTo(WARM_UP) < 0 ? limit : WARM_UP;
    Heat heat = new Heat(args[0], kind, models, gpus, Watch.valueOf(args[6]));
    Row unused = heat.run(shorter, seeds[0] + NOT_COUNTED);
    for (long seed : seeds) {
      System.out.println(Lines.write(heat.run(limit, seed)));
    }
  }

  private Row run(Duration limit, long seed) throws IOException {
    SiteKind.Drawn drawn = kind.draw(seed, models, gpus);
    long self = ProcessHandle.current().pid();
    Usage.forgetPeak(self);
    long since = Watch.WALL.now();
    long cpuSince = Watch.CPU.now();
    Contestant.Answer answer = Contestant.named(name).plan(drawn.site(), limit, seed, watch);
    double seconds = Watch.WALL.since(since);
    double cpuSeconds = Watch.CPU.since(cpuSince);
    long peak = Usage.of(self).peakBytes();
    List<String> broken =
        Rules.violations(
            new Situation(
                drawn.site().fleet(), drawn.site().demands(), Assignments.NONE, answer.placed()));
    if (!broken.isEmpty()) {
      throw new IllegalStateException(name + " broke a rule: " + broken);
    }
    return new Row(
        name,
        kind,
        models,
        gpus,
        seed,
        answer.value(),
        answer.bound(),
        drawn.best(),
        seconds,
        cpuSeconds,
        peak);
  }
}
