package io.modeldepot.cli.command.download;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-C as an event instead of an end, between {@link #CtrlC()} and {@link #close}. */
final class CtrlC implements AutoCloseable {
  private static final Signal INT = new Signal("INT");

  private final Semaphore pressed = new Semaphore(0);
  private final SignalHandler before;

  CtrlC() {
    before = Signal.handle(INT, signal -> press());
  }

  void press() {
    pressed.release();
  }

  /** Whether it was pressed since the last question. */
  boolean pressed() {
    return pressed.tryAcquire();
  }

  /** What was pressed so far counts no more: it was meant for what was on the screen before. */
  void forget() {
    pressed.drainPermits();
  }

  /** Whether it is pressed within this time. */
  boolean pressedWithin(long seconds) throws InterruptedException {
    return pressed.tryAcquire(seconds, TimeUnit.SECONDS);
  }

  /** From here on it ends the process again. */
  @Override
  public void close() {
    Signal.handle(INT, before);
  }
}
