package io.modeldepot.cli.command.download;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.ProblemExits;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.Bars;
import io.modeldepot.cli.progress.Job;
import io.modeldepot.cli.progress.JsonLines;
import io.modeldepot.cli.progress.Lines;
import io.modeldepot.cli.progress.ProgressView;
import io.modeldepot.cli.progress.Silent;
import io.modeldepot.cli.progress.TerminalWidth;
import io.modeldepot.events.state.DownloadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows jobs to their end, or until the person leaves, and says how each ended. */
public final class Following {
  private static final Duration FRAME = Duration.ofMillis(100);
  private static final Duration SECOND_PRESS = Duration.ofSeconds(3);

  private final Session session;
  private final ProgressKind kind;

  public Following(Session session, ProgressKind kind) {
    this.session = session;
    this.kind = kind;
  }

  /** 0 when all are done; else as {@link ExitCode#ofAll} says; 130 when the person left. */
  public ExitCode follow(List<Job> started) {
    ProgressView view = view();
    Optional<PlacementNews> news =
        session.form().forPeople() && kind != ProgressKind.JSON && !session.paper().quiet()
            ? Optional.of(PlacementNews.since(session))
            : Optional.empty();
    try (Follower follower = new Follower(session.registry(), started);
        CtrlC ctrlC = new CtrlC()) {
      while (!follower.allEnded()) {
        view.show(follower.jobs());
        if (ctrlC.pressed()) {
          view.end(follower.jobs());
          return leave(follower.jobs(), ctrlC);
        }
        follower.await(FRAME);
      }
      view.end(follower.jobs());
      ExitCode outcome = report(follower.jobs());
      news.ifPresent(it -> tell(it, follower.jobs()));
      return outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ProgressView view() {
    return switch (kind) {
      case AUTO -> {
        if (session.form().machine()) {
          yield new JsonLines(session.paper());
        }
        yield session.paper().quiet() ? new Silent() : forPeople();
      }
      case BAR -> forPeople();
      case LINES -> new Lines(session.paper(), session.clock());
      case JSON -> new JsonLines(session.paper());
      case NONE -> new Silent();
    };
  }

  /**
   * Bars need a terminal that can repaint, whatever was asked for: escapes never go into a pipe.
   */
  private ProgressView forPeople() {
    int columns = Math.min(200, session.paper().terminal().columns());
    return session.paper().terminal().animated()
        ? new Bars(session.paper(), session.clock(), new TerminalWidth(columns))
        : new Lines(session.paper(), session.clock());
  }

  private ExitCode leave(List<Job> jobs, CtrlC ctrlC) throws InterruptedException {
    List<Job> running = jobs.stream().filter(job -> !job.ended()).toList();
    List<String> names = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Job job : running) {
      names.add(job.id() + " (" + session.paper().talkStyle().safe(job.model()) + ")");
      ids.add(job.id());
    }
    String all = String.join(" ", ids);
    session
        .paper()
        .warn(
            "Still running: "
                + (running.size() == 1 ? "job " : "jobs ")
                + String.join(", ", names));
    session.paper().warn("  Follow: " + session.program() + " watch " + all);
    session.paper().warn("  Cancel: " + session.program() + " cancel " + all);
    if (!session.canAsk()) {
      return ExitCode.INTERRUPTED;
    }
    ctrlC.forget();
    session.paper().talk("  Ctrl-C again within 3 s: cancel now.");
    if (!ctrlC.pressedWithin(SECOND_PRESS)) {
      return ExitCode.INTERRUPTED;
    }
    ctrlC.close();
    if (session.agreed("Cancel " + all + "?")) {
      for (String id : ids) {
        session
            .registry()
            .send("download " + id, Call.delete("/downloads/" + Registry.segment(id)));
        session.paper().warn("cancel requested: " + id);
      }
    }
    return ExitCode.INTERRUPTED;
  }

  private ExitCode report(List<Job> jobs) {
    List<ExitCode> outcomes = new ArrayList<>();
    for (Job job : jobs) {
      ExitCode outcome = outcome(job);
      outcomes.add(outcome);
      if (session.form().machine() || kind == ProgressKind.JSON) {
        summary(job, outcome);
      } else if (outcome == ExitCode.OK) {
        session.paper().data(Summary.line(job, session.paper(), session.program()));
      } else {
        FailureText.print(failure(job), session.paper(), session.program());
      }
    }
    return ExitCode.ofAll(outcomes);
  }

  /** What was here already has its place, and what is only planned has none. */
  private void tell(PlacementNews news, List<Job> jobs) {
    List<Job> brought =
        jobs.stream()
            .filter(job -> job.state() == DownloadState.DONE && job.totalBytes() > 0)
            .toList();
    if (!brought.isEmpty()) {
      news.about(brought, session.paper().talkStyle()).forEach(session.paper()::talk);
    }
  }

  private void summary(Job job, ExitCode outcome) {
    ObjectNode line = JsonLines.line(job, "summary").put("exit", outcome.number());
    session.paper().data(Json.line(line));
  }

  private static ExitCode outcome(Job job) {
    return switch (job.state()) {
      case DONE, PLANNED -> ExitCode.OK;
      case CANCELLED -> ProblemExits.of("cancelled", 0);
      case EXPIRED -> ProblemExits.of("expired", 0);
      default -> ProblemExits.of(job.problem().path("code").asText(""), 0);
    };
  }

  private static Failure failure(Job job) {
    if (job.problem().isObject()) {
      return Problems.failure(job.model(), job.problem(), 0);
    }
    return Failure.of(outcome(job), job.phase(), job.model() + ": the download was " + job.phase())
        .seen("job", job.id())
        .tryThis(io.modeldepot.cli.failure.Try.command("download " + job.model()));
  }
}
