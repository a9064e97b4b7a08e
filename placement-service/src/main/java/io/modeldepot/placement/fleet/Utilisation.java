package io.modeldepot.placement.fleet;

/**
 * How much of a GPU's memory may be planned with. The rest is left to the driver, to fragments and
 * to what the estimate does not know.
 *
 * @param permille against 1000 for all
 */
public record Utilisation(int permille) {
  /** Ninety percent, as engines take by themselves. */
  public static final Utilisation DEFAULT = new Utilisation(900);

  /** Refuses nothing and more than all. */
  public Utilisation {
    if (permille < 1 || permille > 1000) {
      throw new IllegalArgumentException("Utilisation is more than 0 and at most 1.");
    }
  }

  /** What is usable of so much, rounded down. */
  public long of(long memoryBytes) {
    return Math.multiplyExact(memoryBytes, (long) permille) / 1000;
  }
}
