package io.modeldepot.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one program up: starts it, and again when it ends without having been asked to. The pause
 * before that doubles up to half a minute and is short again once it stayed up for a minute.
 */
final class Keeper {
  private static final Duration TO_GET_READY = Duration.ofSeconds(120);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final int LAST_LINES = 12;

  private final Program program;
  private final Board board;
  private final Runnable changed;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<@Nullable Child> child = new AtomicReference<>();

  /**
   * @param changed called when another process has taken over
   */
  Keeper(Program program, Board board, Runnable changed) {
    this.program = program;
    this.board = board;
    this.changed = changed;
  }

  Program program() {
    return program;
  }

  /** The process that runs now. */
  Optional<Child> child() {
    return Optional.ofNullable(child.get());
  }

  /**
   * Starts, and returns when the program is ready.
   *
   * @throws StartFailed when it ends before, or does not get ready within two minutes
   */
  void start() throws StartFailed {
    board.starts(program.name());
    if (!startOnce()) {
      throw new StartFailed(
          program.name(), program.log(), Child.lastLines(program.log(), LAST_LINES));
    }
    board.ready(program.name(), program.address());
    Thread.ofVirtual().name("keeper-of-" + program.name()).start(this::keep);
  }

  /** Stops in order; nothing is started again. */
  void stop() {
    stopping.countDown();
    child().ifPresent(Child::stop);
  }

  /** Kills; nothing is started again. */
  void kill() {
    stopping.countDown();
    child().ifPresent(Child::kill);
  }

  private boolean startOnce() {
    try {
      Child started = Child.start(program);
      child.set(started);
      if (stopping.getCount() == 0) {
        started.kill();
        return false;
      }
      changed.run();
      return started.awaitReady(TO_GET_READY);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void keep() {
    Duration pause = FIRST_PAUSE;
    while (stopping.getCount() > 0) {
      Child running = child.get();
      if (running == null) {
        return;
      }
      long since = System.nanoTime();
      running.ended().join();
      if (stopping.getCount() == 0) {
        return;
      }
      if (System.nanoTime() - since > STEADY.toNanos()) {
        pause = FIRST_PAUSE;
      }
      running.bury();
      board.ended(
          program.name(),
          running.status(),
          program.log(),
          Child.lastLines(program.log(), LAST_LINES),
          pause);
      if (stopsWithin(pause)) {
        return;
      }
      if (startOnce()) {
        board.ready(program.name(), program.address());
      } else if (stopping.getCount() > 0) {
        child().ifPresent(Child::kill);
      }
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private boolean stopsWithin(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
