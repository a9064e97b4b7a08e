package io.modeldepot.systemtests.depot;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for something that another process does: asked again and again, never slept through. */
public final class Wait {
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Wait() {}

  /**
   * @throws AssertionError when it does not come true in time, with what {@code otherwise} says
   */
  public static void until(
      String what, Duration atMost, Callable<Boolean> condition, Supplier<String> otherwise) {
    value(what, atMost, () -> condition.call() ? Optional.of(true) : Optional.empty(), otherwise);
  }

  /** The same without more to say. */
  public static void until(String what, Duration atMost, Callable<Boolean> condition) {
    until(what, atMost, condition, () -> "");
  }

  /** Waits for a value. */
  public static <T> T value(
      String what, Duration atMost, Callable<Optional<T>> source, Supplier<String> otherwise) {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      try {
        Optional<T> value = source.call();
        if (value.isPresent()) {
          return value.get();
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Waited " + atMost.toSeconds() + " s in vain until " + what + ".\n" + otherwise.get());
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
