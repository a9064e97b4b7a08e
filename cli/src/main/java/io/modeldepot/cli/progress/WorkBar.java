package io.modeldepot.cli.progress;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Progress of a request that a janitor works on, from its own records: a bar that is repainted on a
 * terminal; without one a dated line whenever the state changes, and every 10 s. For machines
 * nothing: they get the end. Used by one thread.
 */
public final class WorkBar {
  private static final Duration LINE = Duration.ofSeconds(10);
  private static final int CELLS = 28;

  private final Paper paper;
  private final InstantSource clock;
  private final String what;
  private Instant lineAt;
  private String lineState = "";
  private boolean painted;

  /**
   * @param what is done, for example {@code cleanup}
   */
  public WorkBar(Paper paper, InstantSource clock, String what) {
    this.paper = paper;
    this.clock = clock;
    this.what = what;
    this.lineAt = clock.instant();
  }

  /** Shows a request as it is now. */
  public void show(JsonNode now) {
    if (paper.form().machine() || paper.quiet()) {
      return;
    }
    String state = now.path("state").asText();
    if (paper.terminal().animated()) {
      paper.paint("\r\u001b[2K" + text(now, true));
      painted = true;
      return;
    }
    Instant at = clock.instant();
    boolean changed = !state.equals(lineState) && !lineState.isEmpty();
    lineState = state;
    if (changed || !at.isBefore(lineAt.plus(LINE))) {
      lineAt = at;
      paper.talk(at.truncatedTo(ChronoUnit.SECONDS) + " " + text(now, false));
    }
  }

  /** Takes the bar away, so that others can write. */
  public void clear() {
    if (painted) {
      paper.paint("\r\u001b[2K");
      painted = false;
    }
  }

  private String text(JsonNode now, boolean bar) {
    Style style = paper.talkStyle();
    long total = now.path("totalBytes").asLong();
    long done = Math.min(total, now.path("doneBytes").asLong());
    String why = now.at("/problem/detail").asText("");
    StringBuilder text = new StringBuilder(what);
    if (total > 0) {
      text.append("  ").append(bar ? bar(style, done, total) + "  " : "");
      text.append(Human.percent(done, total)).append("  ").append(Human.bytesOf(done, total));
    }
    text.append("  ").append(style.safe(now.path("state").asText()));
    if (!why.isEmpty()) {
      text.append("  ").append(style.safe(why));
    }
    return text.toString();
  }

  private static String bar(Style style, long done, long total) {
    int filled = (int) (done * (double) CELLS / total);
    String full = (style.unicode() ? "▓" : "#").repeat(filled);
    String open = (style.unicode() ? "░" : ".").repeat(CELLS - filled);
    return (style.unicode() ? "▐" : "[")
        + style.good(full)
        + style.faint(open)
        + (style.unicode() ? "▌" : "]");
  }
}
