package io.modeldepot.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a run and sees a parser that never comes back. */
final class Overseer {
  private static final int WITHOUT_A_STEP = 4;

  private Overseer() {}

  /**
   * Waits until the thread has ended.
   *
   * @param time of the processor that one input may take
   * @param input the input that is being read, always the same array while it is
   * @param keep keeps an input and says where
   * @throws AssertionError if one input takes several times as long, or waits for something
   */
  static void await(
      Thread thread, Duration time, Supplier<byte[]> input, Function<byte[], String> keep) {
    byte @Nullable [] before = null;
    long cpu = 0;
    int same = 0;
    try {
      while (!thread.join(time)) {
        byte[] now = input.get();
        long spent = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
        boolean idle = spent - cpu < time.toNanos() / 100;
        boolean busy = spent - cpu > time.toNanos() / 2;
        same = now == before && (idle || busy) ? same + 1 : 0;
        if (same >= WITHOUT_A_STEP) {
          AssertionError hangs =
              new AssertionError(thread.getName() + " hangs. The input: " + keep.apply(now));
          hangs.setStackTrace(thread.getStackTrace());
          throw hangs;
        }
        before = now;
        cpu = spent;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + thread.getName(), e);
    }
  }
}
