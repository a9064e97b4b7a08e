package io.modeldepot.systemtests.chaos;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes things go wrong, one after the other; two of them share what is wrong already. */
final class Saboteur {
  private static final Duration LEAST_REST = Duration.ofMillis(200);
  private static final Duration MOST_REST = Duration.ofSeconds(3);

  private final Faults faults;
  private final Dice dice;
  private final History history;
  private final Set<String> wrong;

  /**
   * One of those who share a site.
   *
   * @param wrong what is wrong now, of all of them
   */
  Saboteur(Faults faults, Dice dice, History history, Set<String> wrong) {
    this.faults = faults;
    this.dice = dice;
    this.history = history;
    this.wrong = wrong;
  }

  /** Goes on until the time is over; what it made go wrong is right again when this returns. */
  void goOn(long untilNanos) throws InterruptedException {
    while (System.nanoTime() < untilNanos) {
      Thread.sleep(dice.between(LEAST_REST, MOST_REST));
      Fault fault = faults.next();
      if (take(fault)) {
        try {
          carryOut(fault, untilNanos);
        } finally {
          giveBack(fault);
        }
      }
    }
  }

  /** Once nothing else is wrong. */
  void carryOutAlone(Fault fault) throws InterruptedException {
    while (!take(fault)) {
      Thread.sleep(LEAST_REST);
    }
    try {
      carryOut(fault, System.nanoTime());
    } finally {
      giveBack(fault);
    }
  }

  private void carryOut(Fault fault, long untilNanos) throws InterruptedException {
    history.count(
        fault.kind(), Map.of("fault", fault.toString(), "millis", fault.lasts().toMillis()));
    try {
      fault.begin().run();
      long left = Math.max(0, untilNanos - System.nanoTime());
      Thread.sleep(Duration.ofNanos(Math.min(left, fault.lasts().toNanos())));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      history.tell("fault failed", Map.of("fault", fault.toString(), "why", String.valueOf(e)));
    } finally {
      end(fault);
    }
  }

  private void end(Fault fault) {
    try {
      fault.end().run();
      history.tell("right again", Map.of("fault", fault.toString()));
    } catch (Exception e) {
      history.broken(fault + " could not be ended, which spoils the run: " + e);
    }
  }

  private boolean take(Fault fault) {
    synchronized (wrong) {
      Set<String> both = new HashSet<>(fault.targets());
      both.retainAll(wrong);
      return both.isEmpty() && wrong.addAll(fault.targets());
    }
  }

  private void giveBack(Fault fault) {
    synchronized (wrong) {
      wrong.removeAll(fault.targets());
    }
  }
}
