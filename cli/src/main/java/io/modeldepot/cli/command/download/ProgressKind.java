package io.modeldepot.cli.command.download;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.settings.Setting;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How progress is shown. {@code AUTO}: bars on a terminal, lines without one, records with {@code
 * --json}.
 */
public enum ProgressKind {
  AUTO,
  BAR,
  LINES,
  JSON,
  NONE;

  public static ProgressKind of(@Nullable String flag, Session session) {
    String asked = flag != null ? flag : session.settings().value(Setting.PROGRESS);
    try {
      return valueOf(asked.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("there is no way to show progress called \"" + asked + "\"")
          .tryThis(Try.words("auto, bar, lines, json or none"));
    }
  }
}
