package io.modeldepot.cli.command;

import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * {@code --watch}, the same for every command that has it: the answer again whenever it reads
 * otherwise, until Ctrl-C. A terminal is painted over; elsewhere each answer follows the one
 * before, with an empty line between, as a document each with {@code -o yaml}, as a line each with
 * {@code -o json}. A depot that is away for a while is waited for; what else goes wrong ends it.
 */
public final class Watching {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final String TOP = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  @Option(
      names = {"-w", "--watch"},
      description = "again whenever it changes, until Ctrl-C")
  boolean watch;

  @Option(
      names = "--every",
      paramLabel = "AGE",
      description = "how often to look with --watch: 10s, 1m; 2s")
  String every = "2s";

  private String shown = "";
  private boolean away;

  /** The answer once, or for as long as somebody watches. */
  public ExitCode run(Session session, Work answer) {
    if (!watch) {
      return answer.run(session);
    }
    Duration between = Amounts.span(every, "--every");
    if (between.compareTo(LEAST) < 0) {
      throw Failure.usage("--every " + every + " is too often");
    }
    while (true) {
      look(session, answer);
      try {
        Thread.sleep(between);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.INTERRUPTED;
      }
    }
  }

  /**
   * For what is done and not only looked at.
   *
   * @throws Failure when somebody wants it watched: it would be done again and again
   */
  public ExitCode once(Session session, Work action) {
    if (watch) {
      throw Failure.usage("--watch is for looking, and this changes something");
    }
    return action.run(session);
  }

  private void look(Session session, Work answer) {
    ByteArrayOutputStream answered = new ByteArrayOutputStream();
    try {
      ExitCode unused = answer.run(session.answeringTo(answered));
    } catch (Failure e) {
      if (shown.isEmpty() || e.exit() != ExitCode.UNREACHABLE) {
        throw e;
      }
      if (!away) {
        session.paper().talk(e.headline() + "; waiting for it");
      }
      away = true;
      return;
    }
    String text = answered.toString(StandardCharsets.UTF_8);
    if (!text.equals(shown) || away) {
      show(session.paper(), text);
      shown = text;
      away = false;
    }
  }

  private void show(Paper paper, String text) {
    boolean first = shown.isEmpty();
    if (paper.terminal().stdoutTty() && paper.terminal().animated()) {
      paper.raw((first ? CLEAR : "") + TOP + text.replace("\n", REST_OF_LINE + "\n"));
      paper.raw(REST_OF_SCREEN);
    } else if (paper.form() == Form.JSON) {
      paper.data(Json.line(Json.read(text)));
    } else {
      paper.raw(first ? text : (paper.form() == Form.YAML ? "---\n" : "\n") + text);
    }
  }
}
