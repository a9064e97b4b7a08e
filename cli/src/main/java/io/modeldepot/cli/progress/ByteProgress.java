package io.modeldepot.cli.progress;

import io.modeldepot.cli.output.CannotWrite;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Paper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Progress of work done by this process itself: one line that is repainted on a terminal, a dated
 * line every 10 s without one. Threads may share it. What is counted twice (an inode that versions
 * share is read once, but listed in each) is why the end may come early.
 */
public final class ByteProgress {
  private static final Duration REPAINT = Duration.ofMillis(200);
  private static final Duration LINE = Duration.ofSeconds(10);

  private final Paper paper;
  private final InstantSource clock;
  private final String verb;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final Instant started;
  private Instant shownAt;
  private boolean painted;
  private @Nullable CannotWrite unheard;

  public ByteProgress(Paper paper, InstantSource clock, String verb, long totalBytes) {
    this.paper = paper;
    this.clock = clock;
    this.verb = verb;
    this.total = totalBytes;
    this.started = clock.instant();
    this.shownAt = started;
  }

  public void add(long bytes) {
    long now = done.addAndGet(bytes);
    Duration every = paper.terminal().animated() ? REPAINT : LINE;
    synchronized (this) {
      Instant at = clock.instant();
      if (total > 0 && unheard == null && !paper.quiet() && !at.isBefore(shownAt.plus(every))) {
        shownAt = at;
        try {
          show(at, now);
        } catch (CannotWrite e) {
          unheard = e;
        }
      }
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
    String text =
        "%s %s  %s  %s"
            .formatted(
                verb,
                Human.percent(now, total),
                Human.bytesOf(now, total),
                Human.rate(now / seconds));
    if (paper.terminal().animated()) {
      paper.paint("\r\u001b[2K" + text);
      painted = true;
    } else {
      paper.talk(at.truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }
  }
}
