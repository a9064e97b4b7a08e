package io.modeldepot.cli.progress;

import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Paper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For logs: a dated line per job on every new phase, every 5 % and every 10 s, whichever comes
 * first. No escapes, ever.
 */
public final class Lines implements ProgressView {
  private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);
  private static final int STEP_PERCENT = 5;

  private final Paper paper;
  private final InstantSource clock;
  private final Map<String, Last> last = new HashMap<>();

  private record Last(Instant at, long step, String phase) {}

  public Lines(Paper paper, InstantSource clock) {
    this.paper = paper;
    this.clock = clock;
  }

  @Override
  public void show(List<Job> jobs) {
    Instant now = clock.instant();
    for (Job job : jobs) {
      if (job.ended()) {
        continue;
      }
      long step =
          job.totalBytes() > 0 ? job.doneBytes() * 100 / job.totalBytes() / STEP_PERCENT : 0;
      Last before = last.get(job.id());
      boolean due =
          before == null
              || !before.phase.equals(job.phase())
              || step > before.step
              || !now.isBefore(before.at.plus(AT_LEAST_EVERY));
      if (due) {
        last.put(job.id(), new Last(now, step, job.phase()));
        paper.talk(line(now, job));
      }
    }
  }

  @Override
  public void end(List<Job> jobs) {
    show(jobs);
  }

  private String line(Instant now, Job job) {
    StringBuilder out = new StringBuilder();
    out.append(now.truncatedTo(ChronoUnit.SECONDS)).append(' ');
    out.append(paper.talkStyle().safe(job.model())).append(' ').append(job.phase());
    if (job.totalBytes() > 0) {
      out.append(' ').append(Human.percent(job.doneBytes(), job.totalBytes()).replace(" ", ""));
      out.append(' ').append(Human.bytesOf(job.doneBytes(), job.totalBytes()).replace(" ", ""));
    }
    if (job.rate() > 0) {
      out.append(' ').append(Human.rate(job.rate()).replace(" ", ""));
    }
    if (job.etaSeconds() >= 0) {
      out.append(" eta ").append(Human.span(job.etaSeconds()));
    }
    return out.toString();
  }
}
