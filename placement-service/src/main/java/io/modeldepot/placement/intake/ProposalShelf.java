package io.modeldepot.placement.intake;

import io.modeldepot.placement.whatif.Proposal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Proposals that may be applied later; the last ones of them. Safe for threads. */
public final class ProposalShelf {
  private static final int MOST = 64;

  private final Map<Long, Proposal> byNumber = new LinkedHashMap<>();
  private long last;

  /**
   * Keeps it.
   *
   * @param above numbers up to this are taken
   * @return its number
   */
  public synchronized long keep(Proposal proposal, long above) {
    last = Math.max(last, above) + 1;
    byNumber.put(last, proposal);
    if (byNumber.size() > MOST) {
      byNumber.remove(byNumber.keySet().iterator().next());
    }
    notifyAll();
    return last;
  }

  /**
   * Waits until the last proposal is like that.
   *
   * @return whether it is; false when the patience is over
   */
  synchronized boolean await(Predicate<Proposal> wanted, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (find(last).filter(wanted).isEmpty()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** The proposal of that number. */
  public synchronized Optional<Proposal> find(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** The last number that was given. */
  public synchronized long last() {
    return last;
  }
}
