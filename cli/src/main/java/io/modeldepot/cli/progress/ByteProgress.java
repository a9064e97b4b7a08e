package io.modeldepot.cli.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.output.CannotWrite;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Progress of work done by this process itself: one line that is repainted on a terminal, a dated
 * line every 10 s without one, a record a second for machines. Threads may share it. What is
 * counted twice (an inode that versions share is read once, but listed in each) is why the end may
 * come early.
 */
public final class ByteProgress {
  /** How it is shown. */
  public enum Look {
    /** Repainted on a terminal, else as lines. */
    BAR(Duration.ofMillis(200)),
    /** Dated lines on stderr. */
    LINES(Duration.ofSeconds(10)),
    /** {@code {"kind":"progress", …}} on stdout. */
    RECORDS(Duration.ofSeconds(1)),
    /** Not at all. */
    NOTHING(Duration.ZERO);

    private final Duration every;

    Look(Duration every) {
      this.every = every;
    }
  }

  private final Paper paper;
  private final InstantSource clock;
  private final String verb;
  private final Look look;
  private final AtomicLong done = new AtomicLong();
  private final Instant started;
  private volatile long total;
  private Instant showAt;
  private boolean painted;
  private @Nullable CannotWrite unheard;

  /** Shown as suits who watches. */
  public ByteProgress(Paper paper, InstantSource clock, String verb, long totalBytes) {
    this(paper, clock, verb, totalBytes, Look.BAR);
  }

  /**
   * @param verb what is done, for example {@code export}
   * @param totalBytes to be done; 0 while that is not known
   */
  public ByteProgress(Paper paper, InstantSource clock, String verb, long totalBytes, Look look) {
    this.paper = paper;
    this.clock = clock;
    this.verb = verb;
    this.total = totalBytes;
    this.look = look == Look.BAR && !paper.terminal().animated() ? Look.LINES : look;
    this.started = clock.instant();
    // A machine hears at once that it has begun.
    this.showAt = look == Look.RECORDS ? started : started.plus(this.look.every);
  }

  /** So many bytes more are done. */
  public void add(long bytes) {
    show(done.addAndGet(bytes));
  }

  /**
   * So many are done now.
   *
   * @param doneBytes never fewer than before
   * @param totalBytes to be done
   */
  public void at(long doneBytes, long totalBytes) {
    total = totalBytes;
    done.set(doneBytes);
    show(doneBytes);
  }

  private synchronized void show(long now) {
    Instant at = clock.instant();
    boolean silent = look == Look.NOTHING || (paper.quiet() && look != Look.RECORDS);
    if (silent || total <= 0 || unheard != null || at.isBefore(showAt)) {
      return;
    }
    showAt = at.plus(look.every);
    try {
      show(at, now);
    } catch (CannotWrite e) {
      unheard = e;
    }
  }

  /**
   * Takes the line away, so that others can write.
   *
   * @throws CannotWrite here, in the thread of the command, when some thread could not show
   */
  public synchronized void clear() {
    if (unheard != null) {
      throw unheard;
    }
    if (painted) {
      paper.paint("\r\u001b[2K");
      painted = false;
    }
  }

  private void show(Instant at, long now) {
    double seconds = Math.max(0.001, Duration.between(started, at).toMillis() / 1000.0);
    switch (look) {
      case RECORDS -> paper.data(Json.line(record(now, now / seconds)));
      case BAR -> {
        paper.paint("\r\u001b[2K" + text(now, now / seconds));
        painted = true;
      }
      case LINES -> paper.talk(at.truncatedTo(ChronoUnit.SECONDS) + " " + text(now, now / seconds));
      case NOTHING -> {
        // Nobody asked.
      }
    }
  }

  private ObjectNode record(long now, double rate) {
    return Json.object()
        .put("kind", "progress")
        .put("work", verb)
        .put("state", "running")
        .put("doneBytes", now)
        .put("totalBytes", total)
        .put("rateBytesPerSecond", Math.round(rate));
  }

  private String text(long now, double rate) {
    return "%s %s  %s  %s"
        .formatted(verb, Human.percent(now, total), Human.bytesOf(now, total), Human.rate(rate));
  }
}
