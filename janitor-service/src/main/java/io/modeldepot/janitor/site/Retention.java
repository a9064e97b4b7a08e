package io.modeldepot.janitor.site;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long things stay: {@code site-described} under the key {@code retention}. What is absent or
 * cannot be meant is as usual; no slip of a pen makes anything go earlier.
 *
 * @param keep versions per model where a command or the catalog says nothing
 * @param window how long what was taken away can be brought back
 * @param unusedAfter when a model that nobody uses is unused
 * @param cacheBytes how much of the cache may stay that nothing needs
 * @param watermarks at how much of the disk cleaning starts and stops
 */
public record Retention(
    Optional<Integer> keep,
    Duration window,
    Duration unusedAfter,
    long cacheBytes,
    Optional<Watermarks> watermarks) {

  /** The key of the setting. */
  public static final String KEY = "retention";

  /** 72 hours to undo, 60 days until unused, nothing kept that nothing needs, 90 to 80 percent. */
  public static final Retention USUAL =
      new Retention(
          Optional.empty(),
          Duration.ofHours(72),
          Duration.ofDays(60),
          0,
          Optional.of(new Watermarks(0.9, 0.8)));

  private static final Duration SHORTEST_WINDOW = Duration.ofHours(1);

  /**
   * Parts of the capacity, 0 to 1.
   *
   * @param high cleaning starts above
   * @param low and stops here
   */
  public record Watermarks(double high, double low) {
    /** Whether they can be meant. */
    public boolean plausible() {
      return low > 0 && low < high && high < 1;
    }
  }

  /** Reads the setting. */
  public static Retention of(Map<String, Object> value) {
    return new Retention(
        whole(value.get("keep")).filter(it -> it >= 1 && it <= 1_000_000).map(Math::toIntExact),
        whole(value.get("trashSeconds"))
            .filter(it -> it <= 10_000_000_000L)
            .map(Duration::ofSeconds)
            .filter(it -> it.compareTo(SHORTEST_WINDOW) >= 0)
            .orElse(USUAL.window()),
        whole(value.get("unusedDays"))
            .filter(it -> it >= 1 && it <= 100_000)
            .map(Duration::ofDays)
            .orElse(USUAL.unusedAfter()),
        whole(value.get("cacheBytes")).filter(it -> it >= 0).orElse(USUAL.cacheBytes()),
        watermarks(value.get("watermarks")));
  }

  private static Optional<Watermarks> watermarks(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> marks)) {
      return USUAL.watermarks();
    }
    if (marks.get("high") instanceof Number high && marks.get("low") instanceof Number low) {
      return Optional.of(new Watermarks(high.doubleValue(), low.doubleValue()))
          .filter(Watermarks::plausible)
          .or(USUAL::watermarks);
    }
    return USUAL.watermarks();
  }

  private static Optional<Long> whole(@Nullable Object value) {
    return value instanceof Number number && number.doubleValue() == number.longValue()
        ? Optional.of(number.longValue())
        : Optional.empty();
  }
}
