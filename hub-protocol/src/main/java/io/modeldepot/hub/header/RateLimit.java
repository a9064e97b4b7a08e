package io.modeldepot.hub.header;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a hub says of its request budget: {@code RateLimit: "api";r=0;t=41}. Buckets are {@code
 * api}, {@code pages} and {@code resolvers}; windows last five minutes.
 *
 * @param bucket name of the budget
 * @param remaining requests left in this window
 * @param resetSeconds seconds until the next window
 */
public record RateLimit(String bucket, long remaining, long resetSeconds) {
  private static final Pattern BUCKET = Pattern.compile("^\\s*\"([^\"]*)\"");
  private static final Pattern LEFT = Pattern.compile(";\\s*r\\s*=\\s*(\\d{1,15})");
  private static final Pattern RESET = Pattern.compile(";\\s*t\\s*=\\s*(\\d{1,9})");
  private static final Pattern SECONDS = Pattern.compile("\\s*(\\d{1,9})\\s*");

  /** Reads the header {@code RateLimit}; empty if it says nothing usable. */
  public static Optional<RateLimit> parse(String header) {
    Matcher bucket = BUCKET.matcher(header);
    Matcher left = LEFT.matcher(header);
    Matcher reset = RESET.matcher(header);
    if (!bucket.find() || !left.find() || !reset.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new RateLimit(
            bucket.group(1), Long.parseLong(left.group(1)), Long.parseLong(reset.group(1))));
  }

  /** As it stands in the header. */
  public String header() {
    return "\"" + bucket + "\";r=" + remaining + ";t=" + resetSeconds;
  }

  /**
   * How long to wait after an answer 429 or 503: one second past the window's end when the budget
   * is spent, else what {@code Retry-After} says in seconds (the Hub does not use its date form).
   * The same rule as the Hub's Python client.
   *
   * @param rateLimit value of {@code RateLimit}, empty without one
   * @param retryAfter value of {@code Retry-After}, empty without one
   * @return empty if the server names no time
   */
  public static Optional<Duration> waitAfter(String rateLimit, String retryAfter) {
    Optional<RateLimit> limit = parse(rateLimit).filter(found -> found.remaining() == 0);
    if (limit.isPresent()) {
      return limit.map(found -> Duration.ofSeconds(found.resetSeconds() + 1));
    }
    Matcher seconds = SECONDS.matcher(retryAfter);
    return seconds.matches()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1))))
        : Optional.empty();
  }
}
