package io.modeldepot.placement.site;

import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.kit.state.StateListener;
import io.modeldepot.kit.state.StateRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The plans that wait to be applied, whoever made them; the last ones of them. Safe for threads.
 */
public final class Proposals implements StateListener<PlanProposed> {
  private static final int MOST = 256;

  private final Map<String, PlanProposed> byKey = new LinkedHashMap<>();
  private long last;

  @Override
  public synchronized void heard(StateRecord<PlanProposed> what) {
    what.value().ifPresentOrElse(this::keep, () -> byKey.remove(what.key()));
  }

  /** Keeps one; the same again changes nothing. */
  public synchronized void keep(PlanProposed proposal) {
    byKey.remove(proposal.key());
    byKey.put(proposal.key(), proposal);
    last = Math.max(last, proposal.plan());
    if (byKey.size() > MOST) {
      byKey.remove(byKey.keySet().iterator().next());
    }
    notifyAll();
  }

  /**
   * The plans of that number: none, one, or more than one if two planners gave it at the same time,
   * and then nobody can tell which of them is meant.
   */
  public synchronized List<PlanProposed> find(long number) {
    return byKey.values().stream().filter(it -> it.plan() == number).toList();
  }

  /** All that are kept, the last one first. */
  public synchronized List<PlanProposed> lastFirst() {
    return List.copyOf(byKey.values()).reversed();
  }

  /**
   * A number that no plan has.
   *
   * @param above numbers up to this are taken
   */
  public synchronized long next(long above) {
    last = Math.max(last, above) + 1;
    return last;
  }

  /**
   * Waits until a proposal is like that.
   *
   * @throws IllegalStateException when the patience is over
   */
  public synchronized PlanProposed await(Predicate<PlanProposed> wanted, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      var found = byKey.values().stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new IllegalStateException("Nothing like that was proposed.");
      }
      wait(millis);
    }
  }
}
