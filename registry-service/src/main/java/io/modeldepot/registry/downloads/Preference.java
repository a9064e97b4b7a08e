package io.modeldepot.registry.downloads;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Prefer: wait=N} (RFC 7240). What cannot be read is no preference. */
final class Preference {
  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?");
  static final Duration LONGEST = Duration.ofSeconds(30);

  private Preference() {}

  /** How long the caller would wait, at most {@link #LONGEST}. */
  static Optional<Duration> wait(@Nullable String prefer) {
    Matcher matcher = WAIT.matcher(prefer == null ? "" : prefer.toLowerCase(Locale.ROOT));
    return matcher.find()
        ? Optional.of(
            Duration.ofSeconds(Math.min(LONGEST.toSeconds(), Long.parseLong(matcher.group(1)))))
        : Optional.empty();
  }
}
