package io.modeldepot.simulation.run;

import io.modeldepot.simulation.service.Broken;
import io.modeldepot.simulation.service.Run;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs seeds: {@code seeds=1000 from=0}, or one with what happened: {@code seed=17}. {@code
 * broken=NO_SYNC} breaks a step of the protocol, {@code most=5} goes on after failures. {@code
 * -Ddepot.simulation.trace=100000} keeps more lines than the last sixty.
 */
public final class SimulateMain {
  private static final Logger ROOT = Logger.getLogger("");

  private SimulateMain() {}

  /** Exits with 1 at the first seed that breaks a law. */
  public static void main(String[] args) {
    // What the protocol logs of trouble that is made is no news here, whatever else could log it.
    System.setProperty("org.jboss.logging.provider", "jdk");
    ROOT.setLevel(Level.OFF);
    long seeds = 10_000;
    long from = 0;
    long one = -1;
    int most = 1;
    Broken.Step step = Broken.Step.NONE;
    for (String arg : args) {
      String value = arg.substring(arg.indexOf('=') + 1);
      switch (arg.substring(0, arg.indexOf('='))) {
        case "seeds" -> seeds = Long.parseLong(value);
        case "from" -> from = Long.parseLong(value);
        case "seed" -> one = Long.parseLong(value);
        case "most" -> most = Integer.parseInt(value);
        case "broken" -> step = Broken.Step.valueOf(value.toUpperCase(Locale.ROOT));
        default -> throw new IllegalArgumentException(arg);
      }
    }
    if (one >= 0) {
      print(Run.of(one, step, true));
      return;
    }
    long began = System.nanoTime();
    long steps = 0;
    int failed = 0;
    for (long seed = from; seed < from + seeds; seed++) {
      Run.Result result = Run.of(seed, step, false);
      steps += result.steps();
      if (result.broken().isPresent()) {
        System.out.println("seed " + seed + ": " + result.broken().get());
        if (++failed >= most) {
          print(Run.of(seed, step, true));
          System.out.printf("Again: make simulate ARGS=\"seed=%d broken=%s\"%n", seed, step);
          System.exit(1);
        }
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d seeds from %d, %d steps, %.1f s: %.0f seeds/s, %.0f steps/s; %d failed%n",
        seeds,
        from,
        steps,
        seconds,
        seeds / seconds,
        steps / seconds,
        failed);
  }

  private static void print(Run.Result result) {
    result.trace().forEach(System.out::println);
    System.out.println(
        "seed "
            + result.seed()
            + ": "
            + result.broken().orElse("all laws hold")
            + ", "
            + result.steps()
            + " steps");
  }
}
