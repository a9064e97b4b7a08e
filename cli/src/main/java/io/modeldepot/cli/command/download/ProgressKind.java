package io.modeldepot.cli.command.download;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.progress.ByteProgress;
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

  /** Progress of work that this process does itself. */
  public ByteProgress bytes(Session session, String verb, long totalBytes) {
    ByteProgress.Look look =
        switch (this) {
          case AUTO -> session.form().machine() ? ByteProgress.Look.RECORDS : ByteProgress.Look.BAR;
          case BAR -> ByteProgress.Look.BAR;
          case LINES -> ByteProgress.Look.LINES;
          case JSON -> ByteProgress.Look.RECORDS;
          case NONE -> ByteProgress.Look.NOTHING;
        };
    return new ByteProgress(session.paper(), session.clock(), verb, totalBytes, look);
  }
}
