package io.modeldepot.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/** Gives inputs to a parser and says how it took each. Used by one thread. */
final class Reader {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Target target;
  private final List<Class<? extends Throwable>> refusals;
  private final Limits limits;
  private long mostBytes;
  private long mostNanos;

  Reader(Target target, List<Class<? extends Throwable>> refusals, Limits limits) {
    this.target = target;
    this.refusals = refusals;
    this.limits = limits;
  }

  /**
   * How an input was taken.
   *
   * @param outcome what the parser said: where from and the first words, without numbers
   * @param fault why this is not to be, if it is not
   * @param cause what was thrown
   */
  record Taken(String outcome, Optional<String> fault, Optional<Throwable> cause) {
    /** Whether the parser took the input. */
    boolean read() {
      return cause.isEmpty();
    }
  }

  Taken take(byte[] input) {
    byte[] own = input.clone();
    Optional<Throwable> thrown = Optional.empty();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    try {
      target.read(own);
    } catch (Throwable e) {
      thrown = Optional.of(e);
    }
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    mostBytes = Math.max(mostBytes, bytes);
    mostNanos = Math.max(mostNanos, nanos);
    return new Taken(outcome(thrown), fault(thrown, bytes, nanos, input.length), thrown);
  }

  private Optional<String> fault(Optional<Throwable> thrown, long bytes, long nanos, int length) {
    if (thrown.isPresent() && refusals.stream().noneMatch(r -> r.isInstance(thrown.get()))) {
      return Optional.of("threw " + thrown.get());
    }
    if (bytes > limits.bytesFor(length)) {
      return Optional.of("allocated " + (bytes >> 20) + " MiB for " + length + " bytes");
    }
    if (nanos > limits.time().toNanos()) {
      return Optional.of("took " + nanos / 1_000_000 + " ms of the processor");
    }
    return Optional.empty();
  }

  private static String outcome(Optional<Throwable> thrown) {
    if (thrown.isEmpty()) {
      return "read";
    }
    StackTraceElement[] frames = thrown.get().getStackTrace();
    StringBuilder outcome = new StringBuilder(thrown.get().getClass().getName());
    String words = String.valueOf(thrown.get().getMessage()).replaceAll("[^a-zA-Z ]+", "");
    outcome.append(words, 0, Math.min(80, words.length()));
    for (int i = 0; i < Math.min(5, frames.length); i++) {
      outcome.append(' ').append(frames[i]);
    }
    return outcome.toString();
  }

  long mostBytes() {
    return mostBytes;
  }

  long mostMillis() {
    return mostNanos / 1_000_000;
  }
}
