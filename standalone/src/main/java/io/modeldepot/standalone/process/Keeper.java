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
  private static final Duration TO_GET_READY = Duration.ofMinutes(5);
  private static final Duration TO_GO_ON = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final Duration FOR_EVER = Duration.ofDays(365);
  private static final int LAST_LINES = 12;

  private final Program program;
  private final Board board;
  private final Runnable changed;
  private final Duration toGoOn;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<@Nullable Child> child = new AtomicReference<>();

  /**
   * @param changed called when another process has taken over
   */
  Keeper(Program program, Board board, Runnable changed) {
    this(program, board, changed, TO_GO_ON);
  }

  /**
   * @param toGoOn how long {@link #startOrGoOn} waits for a program that says what it waits for
   */
  Keeper(Program program, Board board, Runnable changed, Duration toGoOn) {
    this.toGoOn = toGoOn;
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
    if (!startOnce(TO_GET_READY)) {
      throw new StartFailed(
          program.name(), program.log(), Child.lastLines(program.log(), LAST_LINES));
    }
    board.ready(program.name(), program.address());
    Thread.ofVirtual().name("keeper-of-" + program.name()).start(this::keep);
  }

  /**
   * Starts, and returns when the program is ready, or when it runs and says that it waits for
   * something: it is said then what for, and that it is ready once it is.
   *
   * @throws StartFailed when it ends before, or does not even say what it waits for
   */
  void startOrGoOn() throws StartFailed {
    board.starts(program.name());
    boolean ready = startOnce(toGoOn);
    Optional<String> why = ready ? Optional.empty() : child().flatMap(Child::waitsFor);
    if (!ready && why.isEmpty() && !awaitLonger()) {
      throw new StartFailed(
          program.name(), program.log(), Child.lastLines(program.log(), LAST_LINES));
    }
    if (why.isPresent()) {
      board.waits(program.name(), why.get());
      Thread.ofVirtual().name("await-" + program.name()).start(this::sayWhenReady);
    } else {
      board.ready(program.name(), program.address());
    }
    Thread.ofVirtual().name("keeper-of-" + program.name()).start(this::keep);
  }

  private boolean awaitLonger() {
    try {
      Child started = child.get();
      return started != null && started.awaitReady(TO_GET_READY.minus(toGoOn));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void sayWhenReady() {
    try {
      Child waiting = child.get();
      if (waiting != null && waiting.awaitReady(FOR_EVER) && stopping.getCount() > 0) {
        board.ready(program.name(), program.address());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  private boolean startOnce(Duration patience) {
    try {
      Child started = Child.start(program);
      child.set(started);
      if (stopping.getCount() == 0) {
        started.kill();
        return false;
      }
      changed.run();
      return started.awaitReady(patience);
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
      if (startOnce(TO_GET_READY)) {
        board.ready(program.name(), program.address());
      } else if (stopping.getCount() > 0 && child().flatMap(Child::waitsFor).isEmpty()) {
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
