package io.modeldepot.simulation.time;

/**
 * The process that works here was killed. An error, so that no code of the product takes it for a
 * refusal; while the stack unwinds nothing that it does has any effect.
 */
public final class Crashed extends Error {
  private static final long serialVersionUID = 1L;

  Crashed() {
    super("killed", null, false, false);
  }
}
