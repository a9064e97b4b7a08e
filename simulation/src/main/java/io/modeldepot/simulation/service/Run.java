package io.modeldepot.simulation.service;

import io.modeldepot.simulation.law.LawBroken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One run of a world from its beginning to its rest. */
public final class Run {
  private static final Duration SLICE = Duration.ofSeconds(10);

  /** A dead holder is taken over within this time, by whoever needs what it held. */
  private static final Duration TAKEOVER = Duration.ofSeconds(45);

  private static final int MOST_SLICES = 1_200;

  private Run() {}

  /**
   * How a run ended.
   *
   * @param seed from which it came
   * @param broken the law that was broken; empty if none was
   * @param steps how many calls were made
   * @param trace the last things that happened, if they were to be written down
   */
  public record Result(long seed, Optional<String> broken, long steps, List<String> trace) {}

  /** Runs a seed. */
  public static Result of(long seed, Broken.Step step, boolean tracing) {
    World world = new World(seed, step, tracing);
    Optional<String> fault = Optional.empty();
    try {
      live(world);
    } catch (LawBroken e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    }
    Optional<String> other = fault;
    Optional<String> broken = world.laws().first().or(() -> other);
    return new Result(seed, broken, world.timeline().steps(), world.trace());
  }

  private static void live(World world) {
    Operator operator = new Operator(world);
    operator.begin();
    for (Site site : world.sites()) {
      site.servers().forEach(Server::start);
    }
    int actions = 3 + world.chance().below(8);
    world
        .timeline()
        .spawn(
            world.outside(),
            "operator",
            () -> {
              for (int action = 0; action < actions; action++) {
                operator.act();
                world.timeline().pause(world.outside(), world.soon(12_000));
              }
            });
    world
        .timeline()
        .spawn(
            world.outside(),
            "registry",
            () -> {
              while (true) {
                world.registry().poll();
                if (world.mischief() && world.chance().percent(1)) {
                  world.registry().restart();
                }
                world.timeline().pause(world.outside(), world.soon(2_000));
              }
            });
    world.timeline().run(Duration.ofSeconds(20 + 6L * actions));
    if (world.laws().first().isPresent()) {
      return;
    }
    world.calmDown();
    rest(world);
    if (world.laws().first().isPresent()) {
      return;
    }
    boolean restarts = world.endsWithRestart();
    if (restarts) {
      world.restartAll();
      world.timeline().run(SLICE);
      rest(world);
    }
    if (world.laws().first().isEmpty()) {
      world.laws().atRest(restarts);
    }
  }

  private static void rest(World world) {
    for (int slice = 0; slice < MOST_SLICES; slice++) {
      world.timeline().run(SLICE);
      if (world.laws().first().isPresent()) {
        return;
      }
      if (world.laws().open().isEmpty() && !world.cleanupsAreOpen()) {
        world.timeline().run(TAKEOVER);
        return;
      }
    }
  }
}
