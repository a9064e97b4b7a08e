package io.modeldepot.placement.solve;

import io.modeldepot.placement.plan.ReplicaId;
import io.modeldepot.placement.rules.Spread;
import io.modeldepot.placement.rules.Stability;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A replica in numbers.
 *
 * @param replica which
 * @param model number of its model
 * @param choices how it may be served
 * @param allowed GPUs it may be on, apart from what else is there
 * @param apart numbers of models it must not share a GPU with
 * @param spread how far from its siblings
 * @param beforeGpus where it runs now, ascending; empty if nowhere
 * @param beforeOption how it runs now; -1 if nowhere, or in a way that is not asked for any more
 */
record Item(
    ReplicaId replica,
    int model,
    Choices choices,
    BitSet allowed,
    BitSet apart,
    Spread spread,
    int[] beforeGpus,
    int beforeOption) {

  boolean ran() {
    return beforeGpus.length > 0;
  }

  /** Whether it runs now on exactly these, which are ascending. */
  boolean ranOn(int[] gpus) {
    return Arrays.equals(beforeGpus, gpus);
  }

  /** What is paid for serving it so on these, which are ascending, after how it runs now. */
  long stabilityOf(int option, int[] gpus) {
    if (!ran()) {
      return 0;
    }
    if (!ranOn(gpus)) {
      return Stability.MOVE;
    }
    return beforeOption == option ? 0 : Stability.RESTART;
  }
}
