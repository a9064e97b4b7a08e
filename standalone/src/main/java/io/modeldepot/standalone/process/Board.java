package io.modeldepot.standalone.process;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how far things are. A line for everything that is ready; on a terminal, below them, one line
 * of what is still awaited.
 */
final class Board {
  private static final String CLEAR_LINE = "\r\033[K";
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, Long> awaited = new LinkedHashMap<>();

  Board(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A sentence. */
  synchronized void say(String sentence) {
    clear();
    out.println(sentence);
    showAwaited();
  }

  /** Something begins. */
  synchronized void starts(String name) {
    awaited.put(name, System.nanoTime());
    showAwaited();
  }

  /** Something is ready. */
  synchronized void ready(String name, String address) {
    clear();
    Long since = awaited.remove(name);
    double seconds = since == null ? 0 : (System.nanoTime() - since) / NANOS;
    out.printf("  ✓ %-11s %-48s %5.1f s%n", name, address, seconds);
    showAwaited();
  }

  /** Something runs and is not ready; the rest goes on. */
  synchronized void waits(String name, String why) {
    clear();
    awaited.remove(name);
    out.printf("  ! %-11s is not ready: %s%n", name, why);
    showAwaited();
  }

  /** Something has ended that should not have. */
  synchronized void ended(
      String name, int status, Path log, List<String> lastLines, Duration pause) {
    clear();
    out.printf(
        "  ✗ %s ended with status %d; starting it again in %d s. The last lines of %s:%n",
        name, status, pause.toSeconds(), log);
    lastLines.forEach(line -> out.println("      " + line));
    awaited.put(name, System.nanoTime());
    out.flush();
  }

  /** Nothing is awaited any more. */
  synchronized void done() {
    clear();
    awaited.clear();
    out.flush();
  }

  private void showAwaited() {
    if (terminal && !awaited.isEmpty()) {
      out.print(CLEAR_LINE + "  … " + String.join(", ", awaited.keySet()));
    }
    out.flush();
  }

  private void clear() {
    if (terminal && !awaited.isEmpty()) {
      out.print(CLEAR_LINE);
    }
  }
}
