package io.modeldepot.placement.demand;

/**
 * From the least that would do to what is wanted.
 *
 * @param least with less the model is not worth placing
 * @param wanted more is not needed
 */
public record Range(int least, int wanted) {

  /** Refuses an empty range and anything below one. */
  public Range {
    if (least < 1 || wanted < least) {
      throw new IllegalArgumentException("1 ≤ least ≤ wanted, not %d, %d".formatted(least, wanted));
    }
  }

  /** Nothing else will do. */
  public static Range exactly(int number) {
    return new Range(number, number);
  }
}
