package io.modeldepot.downloader.pace;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One order to stop, given from any thread and seen by all who hold the token.
 *
 * <p>Cancelling is final and idempotent. Registered actions run once, on the thread that cancels;
 * they must be short and must not throw.
 */
public final class CancelToken {
  private final Set<Registration> registrations = new LinkedHashSet<>();
  private boolean cancelled;

  /** Ends the registration; closing twice is closing once. */
  public final class Registration implements AutoCloseable {
    private final Runnable action;

    private Registration(Runnable action) {
      this.action = action;
    }

    @Override
    public void close() {
      synchronized (CancelToken.this) {
        registrations.remove(this);
      }
    }
  }

  /** Orders the stop and runs what was registered. */
  public void cancel() {
    Registration[] due;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = registrations.toArray(Registration[]::new);
      registrations.clear();
      notifyAll();
    }
    for (Registration registration : due) {
      registration.action.run();
    }
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Runs {@code action} when the token is cancelled; at once, on this thread, if it already is.
   *
   * @return to be closed when the action is no longer wanted
   */
  public Registration onCancel(Runnable action) {
    Registration registration = new Registration(action);
    synchronized (this) {
      if (!cancelled) {
        registrations.add(registration);
        return registration;
      }
    }
    action.run();
    return registration;
  }

  /** A token that is cancelled with this one, but can also be cancelled alone. */
  public CancelToken child() {
    CancelToken child = new CancelToken();
    Registration link = onCancel(child::cancel);
    Registration unused = child.onCancel(link::close);
    return child;
  }

  /**
   * Waits until cancelled or until the time is over.
   *
   * @return whether the token is cancelled
   */
  synchronized boolean await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!cancelled) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }
}
