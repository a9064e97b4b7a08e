package io.modeldepot.simulation.time;

import org.jspecify.annotations.Nullable;

/** One thing that a process does, as a thread would; see {@link Timeline}. */
public final class Task {
  private final Process process;
  private final String name;
  private final Coroutine work;
  private @Nullable Throwable fault;
  long wakeNanos;

  /** What a task does. */
  @FunctionalInterface
  public interface Body {
    /** Does it. */
    void run() throws Exception;
  }

  Task(Process process, String name, Body body) {
    this.process = process;
    this.name = name;
    this.work =
        new Coroutine(
            () -> {
              try {
                body.run();
              } catch (Crashed | InterruptedException e) {
                // It ends where it was.
                return;
              } catch (Throwable e) {
                fault = e;
              }
            });
  }

  /** Whose it is. */
  public Process process() {
    return process;
  }

  /** Whether it has ended. */
  public boolean isOver() {
    return work.isDone();
  }

  void goOn() {
    work.run();
    Throwable thrown = fault;
    if (thrown != null) {
      throw new IllegalStateException(this + " ended by a fault: " + thrown, thrown);
    }
  }

  @Override
  public String toString() {
    return process.name() + "/" + name;
  }
}
