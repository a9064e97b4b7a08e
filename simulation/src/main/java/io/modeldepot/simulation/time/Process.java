package io.modeldepot.simulation.time;

/** A process: it lives until it is killed, and may stand still for a while. */
public final class Process {
  private final String name;
  private boolean dead;
  long stalledUntil = Long.MIN_VALUE;

  /** A living one. */
  public Process(String name) {
    this.name = name;
  }

  /** As it is called in traces. */
  public String name() {
    return name;
  }

  /** Whether it was killed. */
  public boolean isDead() {
    return dead;
  }

  /** Nothing that it does from now on has any effect. */
  public void kill() {
    dead = true;
  }

  /** Whoever works in it ends here if it was killed. */
  public void requireAlive() {
    if (dead) {
      throw new Crashed();
    }
  }
}
