package io.modeldepot.cli.command.download;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Ctrl-C as an event instead of an end, between {@link #CtrlC()} and {@link #close}. */
public final class CtrlC implements AutoCloseable {
  private static final Signal INT = new Signal("INT");

  private final Semaphore pressed = new Semaphore(0);
  private final SignalHandler before;

  public CtrlC() {
    before = Signal.handle(INT, signal -> press());
  }

  void press() {
    pressed.release();
  }

  /** Whether it was pressed since the last question. */
  public boolean pressed() {
    return pressed.tryAcquire();
  }

  /** Ends work that is given up when it is pressed. */
  public static final class Pressed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Pressed() {
      super("Ctrl-C", null, false, false);
    }
  }

  /**
   * To be called in work that is given up when it is pressed.
   *
   * @throws Pressed if it was
   */
  public void check() {
    if (pressed()) {
      throw new Pressed();
    }
  }

  /** What was pressed so far counts no more: it was meant for what was on the screen before. */
  public void forget() {
    pressed.drainPermits();
  }

  /** Whether it is pressed within this time. */
  public boolean pressedWithin(java.time.Duration patience) throws InterruptedException {
    return pressed.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** From here on it ends the process again. */
  @Override
  public void close() {
    Signal.handle(INT, before);
  }
}
