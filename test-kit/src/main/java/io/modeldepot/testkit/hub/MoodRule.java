package io.modeldepot.testkit.hub;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** When a mood applies: to which host, path and method, and how often. Set up before it is used. */
public final class MoodRule {
  private final Mood mood;
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private volatile Pattern path = Pattern.compile(".*");
  private volatile Pattern method = Pattern.compile(".*");
  private volatile Pattern host = Pattern.compile(".*");

  MoodRule(Mood mood) {
    this.mood = mood;
  }

  /** Only for paths in which this regular expression is found. */
  public MoodRule onPath(String regex) {
    path = Pattern.compile(regex);
    return this;
  }

  /** Only for one method. */
  public MoodRule onMethod(String name) {
    method = Pattern.compile(Pattern.quote(name));
    return this;
  }

  /** Only at the hub itself. */
  public MoodRule atHub() {
    host = Pattern.compile("hub");
    return this;
  }

  /** Only at the content network. */
  public MoodRule atContentNetwork() {
    host = Pattern.compile("cdn");
    return this;
  }

  /** So many times, then no more. */
  public MoodRule times(int count) {
    left.set(count);
    return this;
  }

  /** Once. */
  public MoodRule once() {
    return times(1);
  }

  Mood mood() {
    return mood;
  }

  boolean fits(HubRequest request) {
    return path.matcher(request.path()).find()
        && method.matcher(request.method()).matches()
        && host.matcher(request.host()).matches();
  }

  /** Whether it still applies; counts this use. */
  boolean use() {
    return left.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : Math.max(0, n - 1)) > 0;
  }
}
