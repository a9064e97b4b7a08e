package io.modeldepot.simulation.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time of one run, and whose turn it is. Tasks run one after another on the thread that calls
 * {@link #run}; which of those that could go on does is drawn. Time passes when all wait, and a
 * little at every call.
 */
public final class Timeline {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MOMENT_NANOS = 50_000;
  private static final int MOST_TURNS = 1_000_000;

  private final Chance chance;
  private final List<Task> tasks = new ArrayList<>();
  private @Nullable Task current;
  private long nanos;
  private long wallShiftNanos;
  private int untilSwitch = 1;
  private final int patience;
  private long steps;
  private boolean stopped;
  private int turns;

  /**
   * A time that begins.
   *
   * @param patience a task makes about so many calls before another one has its turn
   */
  public Timeline(Chance chance, int patience) {
    this.chance = chance;
    this.patience = patience;
  }

  /** Begins something in a process. */
  public Task spawn(Process process, String name, Task.Body body) {
    Task task = new Task(process, name, body);
    task.wakeNanos = nanos;
    tasks.add(task);
    return task;
  }

  /** Monotonic nanoseconds. */
  public long nanos() {
    return nanos;
  }

  /** The wall clock. */
  public Instant now() {
    return BEGINNING.plusNanos(nanos + wallShiftNanos);
  }

  /** Somebody sets the wall clock. */
  public void shiftWall(Duration by) {
    wallShiftNanos += by.toNanos();
  }

  /** How many calls were made so far. */
  public long steps() {
    return steps;
  }

  /** Who works now. */
  public String who() {
    Task now = current;
    return now == null ? "-" : now.toString();
  }

  /** A call of the process that works now: a moment passes, and perhaps it is another's turn. */
  public void step(Process process) {
    process.requireAlive();
    steps++;
    nanos += MOMENT_NANOS;
    if (current != null && --untilSwitch <= 0) {
      untilSwitch = 1 + chance.below(2 * patience);
      Coroutine.stop();
    }
    while (process.stalledUntil > nanos && current != null && !process.isDead()) {
      current.wakeNanos = nanos; // it goes on when its process does, which may be told to earlier
      Coroutine.stop();
    }
    process.requireAlive();
  }

  /** The task that works now waits. */
  public void pause(Process process, Duration duration) {
    process.requireAlive();
    Task now = current;
    if (now == null) {
      nanos += duration.toNanos();
      return;
    }
    now.wakeNanos = nanos + Math.max(1, duration.toNanos());
    Coroutine.stop();
    process.requireAlive();
  }

  /** A process stands still, all of it. */
  public void stall(Process process, Duration duration) {
    process.stalledUntil = nanos + duration.toNanos();
  }

  /** Ends {@link #run} after the task that works now has its turn. */
  public void stop() {
    stopped = true;
  }

  /** Runs tasks until a time, or until told to stop. */
  public void run(Duration forSoLong) {
    long end = nanos + forSoLong.toNanos();
    stopped = false;
    while (!stopped && nanos < end) {
      Task next = next(end);
      if (next == null) {
        nanos = end;
        return;
      }
      if (next.wakeNanos > nanos) {
        nanos = next.wakeNanos;
      }
      turn(next);
    }
  }

  private void turn(Task task) {
    if (++turns > MOST_TURNS) {
      throw new IllegalStateException("Nobody comes to rest; last was " + task);
    }
    Task before = current;
    current = task;
    try {
      task.goOn();
    } finally {
      current = before;
      if (task.isOver()) {
        tasks.remove(task);
      }
    }
  }

  /** One of those that could go on now; else the one that wakes first. */
  private @Nullable Task next(long end) {
    int ready = 0;
    Task first = null;
    for (Task task : tasks) {
      if (awake(task) <= nanos) {
        ready++;
      }
      if (first == null || awake(task) < awake(first)) {
        first = task;
      }
    }
    if (ready == 0) {
      if (first == null || awake(first) > end) {
        return null;
      }
      nanos = Math.max(nanos, awake(first));
      return first;
    }
    int pick = ready == 1 ? 0 : chance.below(ready);
    for (Task task : tasks) {
      if (awake(task) <= nanos && pick-- == 0) {
        return task;
      }
    }
    return first;
  }

  private static long awake(Task task) {
    return task.process().isDead()
        ? Long.MIN_VALUE
        : Math.max(task.wakeNanos, task.process().stalledUntil);
  }
}
