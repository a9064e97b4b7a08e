package io.modeldepot.cli.progress;

import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.SafeText;
import io.modeldepot.cli.output.Style;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Bars on a terminal: per job its total in two tones (was here already, fetched), below it the
 * files in flight. Repaints in place by going up as many lines as it wrote; lines never exceed the
 * width, because a wrapped line would break that count.
 */
public final class Bars implements ProgressView {
  private static final int FILES_SHOWN = 4;

  /** More lines than the terminal has could not be painted over. */
  private static final int JOBS_SHOWN = 10;

  private static final int BAR = 30;
  private static final int SHORTEST_BAR = 8;
  private static final Duration STALL = Duration.ofSeconds(15);
  private static final Duration WIDTH_EVERY = Duration.ofSeconds(1);
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final Paper paper;
  private final Style style;
  private final InstantSource clock;
  private final IntSupplier widthNow;
  private final Map<String, Moved> moved = new HashMap<>();
  private Instant widthAt = Instant.MIN;
  private int width = 80;
  private List<String> shown = List.of();

  private record Moved(long doneBytes, Instant at) {}

  /**
   * @param widthNow asks the terminal; called at most once a second
   */
  public Bars(Paper paper, InstantSource clock, IntSupplier widthNow) {
    this.paper = paper;
    this.style = paper.talkStyle();
    this.clock = clock;
    this.widthNow = widthNow;
  }

  @Override
  public void show(List<Job> jobs) {
    Instant now = clock.instant();
    if (widthAt.equals(Instant.MIN) || !now.isBefore(widthAt.plus(WIDTH_EVERY))) {
      width = Math.max(20, widthNow.getAsInt()) - 1;
      widthAt = now;
    }
    List<String> lines = new ArrayList<>();
    int names = 0;
    for (Job job : jobs) {
      names = Math.max(names, SafeText.cells(style.safe(job.model())));
    }
    int room = Math.min(names, Math.min(24, width / 3));
    List<Job> some = jobs.size() <= JOBS_SHOWN ? jobs : running(jobs);
    int files = some.size() > JOBS_SHOWN / 2 ? 0 : FILES_SHOWN;
    for (Job job : some) {
      lines.add(total(job, room, now));
      job.inFlight().stream().limit(files).forEach(file -> lines.add(file(file)));
    }
    if (some.size() < jobs.size()) {
      long ended = jobs.stream().filter(Job::ended).count();
      lines.add(style.faint("  " + ended + " of " + jobs.size() + " have ended"));
    }
    if (lines.equals(shown)) {
      return;
    }
    StringBuilder out = new StringBuilder(UP_AND_CLEAR.repeat(shown.size()));
    lines.forEach(line -> out.append(line).append('\n'));
    paper.paint(out.toString());
    shown = List.copyOf(lines);
  }

  @Override
  public void end(List<Job> jobs) {
    show(jobs);
    shown = List.of();
  }

  private static List<Job> running(List<Job> jobs) {
    return jobs.stream().filter(job -> !job.ended()).limit(JOBS_SHOWN).toList();
  }

  private String total(Job job, int names, Instant now) {
    String name = SafeText.cut(style.safe(job.model()), names, style.ellipsis());
    name += " ".repeat(names - SafeText.cells(name));
    List<String> facts = new ArrayList<>();
    if (job.totalBytes() > 0) {
      facts.add(String.format("%5s", Human.percent(job.doneBytes(), job.totalBytes())));
    }
    facts.add(stalled(job, now) ? stallWords(job, now) : job.phase());
    if (job.totalBytes() > 0) {
      facts.add(Human.bytesOf(job.doneBytes(), job.totalBytes()));
    }
    if (!job.ended() && job.rate() > 0) {
      facts.add(Human.rate(job.rate()));
    }
    if (!job.ended() && job.etaSeconds() >= 0) {
      facts.add(Human.clock(job.etaSeconds()));
    }
    int room = width - names - 1;
    int bar = Math.min(BAR, room - 2);
    while (facts.size() > 1 && room - cells(facts) - 2 < SHORTEST_BAR) {
      facts.remove(facts.size() - 1);
    }
    bar = Math.min(bar, room - cells(facts) - 2);
    String painted = bar >= SHORTEST_BAR ? bar(job, bar) : "";
    return name + " " + painted + String.join("  ", colour(job, facts));
  }

  private static int cells(List<String> facts) {
    return facts.stream().mapToInt(SafeText::cells).sum() + 2 * (facts.size() - 1);
  }

  private List<String> colour(Job job, List<String> facts) {
    List<String> out = new ArrayList<>();
    for (String fact : facts) {
      boolean phase = fact.equals(job.phase());
      out.add(
          !phase
              ? fact
              : switch (job.state()) {
                case DONE, PLANNED -> style.good(fact);
                case FAILED, EXPIRED -> style.bad(fact);
                case WAITING, CANCELLED -> style.warn(fact);
                case REQUESTED,
                    RESOLVING,
                    CHECKING,
                    TRANSFERRING,
                    PUBLISHING,
                    ANNOUNCING,
                    JOINED,
                    UNKNOWN ->
                    fact;
              });
    }
    return out;
  }

  private String bar(Job job, int cells) {
    int done = filled(job.doneBytes(), job.totalBytes(), cells);
    int reused = Math.min(done, filled(job.reusedBytes(), job.totalBytes(), cells));
    String here = (style.unicode() ? "▒" : "=").repeat(reused);
    String fetched = (style.unicode() ? "▓" : "#").repeat(done - reused);
    String open = (style.unicode() ? "░" : ".").repeat(cells - done);
    String left = style.unicode() ? "▐" : "[";
    String right = style.unicode() ? "▌" : "]";
    return left + here + style.good(fetched) + style.faint(open) + right;
  }

  private static int filled(long part, long whole, int cells) {
    return whole <= 0 ? 0 : (int) Math.min(cells, Math.max(0, part * (double) cells / whole));
  }

  private String file(Job.File file) {
    String percent = Human.percent(file.doneBytes(), file.sizeBytes());
    int room = Math.min(44, width - 2 - 7);
    String path = SafeText.cut(style.safe(file.path()), room, style.ellipsis());
    String pad = " ".repeat(room - SafeText.cells(path));
    return style.faint("  " + path + pad + String.format("%7s", percent));
  }

  private boolean stalled(Job job, Instant now) {
    boolean transferring = job.state() == io.modeldepot.events.state.DownloadState.TRANSFERRING;
    Moved before = moved.get(job.id());
    if (!transferring || before == null || before.doneBytes != job.doneBytes()) {
      moved.put(job.id(), new Moved(job.doneBytes(), now));
      return false;
    }
    return !now.isBefore(before.at.plus(STALL));
  }

  private String stallWords(Job job, Instant now) {
    Moved before = moved.getOrDefault(job.id(), new Moved(0, now));
    return "stalled " + Human.span(Duration.between(before.at, now).toSeconds());
  }
}
