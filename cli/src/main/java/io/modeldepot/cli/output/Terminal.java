package io.modeldepot.cli.output;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What is on the other side of stdin, stdout and stderr. The launcher asks the shell and passes the
 * answers as system properties ({@code depot.tty.in}, {@code depot.tty.out}, {@code depot.tty.err},
 * {@code depot.columns}); without them nothing is taken for a terminal.
 *
 * @param columns width in cells; {@link #UNBOUNDED} when stdout is no terminal, so that pipes never
 *     lose text
 * @param colour whether colour may be used on a terminal at all; NO_COLOR, TERM=dumb and --no-color
 *     say no
 * @param unicode whether the locale can show more than ASCII
 * @param animated whether lines may be repainted: a terminal on stderr that is not dumb
 */
public record Terminal(
    boolean stdinTty,
    boolean stdoutTty,
    boolean stderrTty,
    int columns,
    boolean colour,
    boolean unicode,
    boolean animated) {
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public static Terminal of(Properties told, Map<String, String> environment) {
    boolean out = yes(told, "depot.tty.out");
    boolean err = yes(told, "depot.tty.err");
    boolean dumb = "dumb".equals(environment.getOrDefault("TERM", ""));
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    int columns = number(told.getProperty("depot.columns", ""), 80);
    return new Terminal(
        yes(told, "depot.tty.in"),
        out,
        err,
        out ? columns : UNBOUNDED,
        !noColour && !dumb,
        speaksUtf8(told, environment),
        err && !dumb);
  }

  public Terminal withoutColour() {
    return new Terminal(stdinTty, stdoutTty, stderrTty, columns, false, unicode, animated);
  }

  private static boolean yes(Properties told, String key) {
    return "1".equals(told.getProperty(key, "0"));
  }

  private static int number(String text, int otherwise) {
    try {
      int value = Integer.parseInt(text.strip());
      return value >= 10 ? value : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /**
   * As POSIX orders them: LC_ALL wins over LC_CTYPE, that over LANG; none set is the C locale. The
   * launcher, which may have set another locale for the sake of file names, says what it found.
   */
  private static boolean speaksUtf8(Properties told, Map<String, String> environment) {
    if (told.getProperty("depot.utf8") != null) {
      return yes(told, "depot.utf8");
    }
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.endsWith("utf-8") || lower.endsWith("utf8");
      }
    }
    return false;
  }
}
