package io.modeldepot.cli.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.output.Times;
import java.util.List;
import java.util.Optional;

/**
 * What a backup has, where it is, and whether anybody proved that it can be restored; of other work
 * of a janitor, how far it is and why it failed.
 */
final class BackupStory {
  private static final int MOST = 500;
  private static final List<String> WORK = List.of("backups", "restores", "cleanups", "integrity");

  private BackupStory() {}

  /** The request of that id, if one to a janitor has it. */
  static Optional<JsonNode> request(Session session, String id) {
    for (String work : WORK) {
      Optional<JsonNode> found =
          session.registry().find("request " + id, "/" + work + "/" + Registry.segment(id));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * A backup by its own id, the beginning of it, {@code latest}, or the id of its request.
   *
   * @throws Failure when there is none
   */
  static JsonNode find(Session session, String id) {
    for (JsonNode item : session.registry().items("backups", "/backups", MOST)) {
      boolean made = made(item);
      String own = item.path("backup").asText("");
      if ((made && ("latest".equals(id) || (id.startsWith("b-") && own.startsWith(id))))
          || item.path("id").asText().equals(id)) {
        return item;
      }
    }
    return request(session, id)
        .orElseThrow(
            () ->
                Failure.of(ExitCode.NOT_FOUND, "unknown-backup", "there is no backup " + id)
                    .tryThis(new Try("see what there is", "backups")));
  }

  static void tell(Session session, JsonNode backup) {
    if (session.form().machine()) {
      session.paper().machine(backup);
      return;
    }
    Paper paper = session.paper();
    Style style = paper.style();
    JsonNode result = backup.path("result");
    String state = backup.path("state").asText("unknown");
    String name = backup.path("backup").asText(backup.path("id").asText());
    paper.data(
        style.sign(mark(state, result))
            + " "
            + style.bold(style.safe(action(backup) + " " + name))
            + style.safe(": " + means(state) + ", asked for " + age(session, backup)));
    if (made(backup)) {
      has(paper, result);
      proven(session, name);
    }
    JsonNode problem = backup.path("problem");
    if (problem.isObject()) {
      FailureText.lines(Problems.failure("", problem, 0), style, session.program())
          .forEach(line -> paper.data("  " + line));
    } else if (made(backup)) {
      paper.talk("Next:  " + session.program() + " backups drill " + name);
    }
  }

  private static void has(Paper paper, JsonNode result) {
    paper.data(
        paper
            .style()
            .safe(
                "  %s: %s, %s of it new, in %s, at %s"
                    .formatted(
                        result.path("scope").asText("all"),
                        Human.bytes(result.path("totalBytes").asLong()),
                        Human.bytes(result.path("addedBytes").asLong()),
                        Human.span(Math.round(result.path("seconds").asDouble())),
                        result.path("target").asText("?"))));
    int leftOut = result.path("leftOutInAll").asInt();
    if (leftOut > 0) {
      paper.data(
          "  it lacks " + Human.count(leftOut, "version", "versions") + " that were damaged");
    }
  }

  /** The last drill of it, and the last check of the repository after it was made. */
  private static void proven(Session session, String backup) {
    Paper paper = session.paper();
    ArrayNode items = session.registry().items("backups", "/backups", MOST);
    String checked = "never checked since";
    String drilled = "never restored in a drill";
    for (JsonNode item : items) {
      boolean done = "done".equals(item.path("state").asText());
      String action = action(item);
      if (done && "check".equals(action) && checked.startsWith("never")) {
        long found = item.at("/result/findingsInAll").asLong();
        checked =
            "checked " + age(session, item) + (found == 0 ? ", whole" : ", " + found + " findings");
      }
      boolean ours = backup.equals(item.path("backup").asText());
      if (done && ours && "drill".equals(action) && drilled.startsWith("never")) {
        drilled = "restored in a drill " + age(session, item);
      }
      if (ours && made(item)) {
        break; // the newest come first: what follows is older than the backup
      }
    }
    paper.data("  " + checked + ", " + drilled);
  }

  private static boolean made(JsonNode item) {
    return "backup".equals(action(item))
        && "done".equals(item.path("state").asText())
        && !item.at("/asked/dryRun").asBoolean();
  }

  private static String action(JsonNode item) {
    return item.path("kind").asText(item.at("/asked/action").asText("backup"));
  }

  private static String age(Session session, JsonNode item) {
    String age = Times.age(item.path("createdAt"), session.clock().instant());
    return age.equals("now") ? "just now" : age + " ago";
  }

  private static String means(String state) {
    return switch (state) {
      case "accepted" -> "no janitor has taken it yet";
      case "running" -> "it is being made";
      case "waiting" -> "it waits, and goes on by itself";
      case "planned" -> "it was only planned";
      case "done" -> "done";
      case "expired" -> "nobody began it in time, so it never will be";
      default -> state;
    };
  }

  private static Mark mark(String state, JsonNode result) {
    return switch (state) {
      case "failed", "expired" -> Mark.BAD;
      case "done" -> result.path("leftOutInAll").asInt() > 0 ? Mark.WARN : Mark.GOOD;
      default -> Mark.PLAIN;
    };
  }
}
