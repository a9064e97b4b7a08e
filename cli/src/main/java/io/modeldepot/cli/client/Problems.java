package io.modeldepot.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.ProblemExits;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns a problem (RFC 9457 in REST, the same object on topics) into a Failure with the same words.
 */
public final class Problems {
  /** What leads the text of an error where somebody asked about no model. */
  private static final Set<String> NO_MODELS =
      Set.of(
          "status",
          "list",
          "gpus",
          "downloads",
          "audit",
          "usage",
          "update",
          "events",
          "plan",
          "placements",
          "backup",
          "backups",
          "restore",
          "cleanup",
          "undo",
          "explain",
          "notify",
          "versions",
          "token",
          "tokens");

  private static final Pattern UNFILLED = Pattern.compile("(?<![/A-Z])\\b(NAME|ID)\\b");

  private Problems() {}

  /**
   * @param thing what it happened to, as the person named it
   * @param problem the object; fields that are missing are simply not said
   * @param status the HTTP status, 0 when it came by an event
   */
  public static Failure failure(String thing, JsonNode problem, int status) {
    String code = problem.path("code").asText("");
    int shown = problem.path("status").asInt(status);
    String title = problem.path("title").asText("HTTP " + status);
    ExitCode exit = ProblemExits.of(code, shown);
    Failure failure =
        Failure.of(exit, code, thing.isEmpty() ? title : thing + ": " + lower(title))
            .because(problem.path("detail").asText(""));
    for (JsonNode error : problem.path("errors")) {
      String pointer = error.path("pointer").asText("/");
      String detail = error.path("detail").asText("");
      if (!failure.why().equals(pointer + ": " + detail)) { // said already, where there is one
        failure = failure.seen(pointer, detail);
      }
    }
    Iterator<Map.Entry<String, JsonNode>> evidence = problem.path("evidence").fields();
    while (evidence.hasNext()) {
      Map.Entry<String, JsonNode> fact = evidence.next();
      failure = failure.seen(fact.getKey(), value(fact.getKey(), fact.getValue()));
    }
    String report = problem.path("requestId").asText("");
    if (exit == ExitCode.OUR_BUG && !report.isEmpty()) {
      failure = failure.seen("report id", report);
    }
    for (JsonNode remedy : problem.path("remedies")) {
      failure = failure.tryThis(remedy(remedy, thing, problem));
    }
    return failure;
  }

  /**
   * A remedy with what it is about in its place. Where that is not known, the words alone: a
   * command that cannot be pasted is none.
   */
  private static Try remedy(JsonNode remedy, String thing, JsonNode problem) {
    String say = remedy.path("say").asText("");
    String cli = remedy.path("cli").asText("");
    String model = problem.at("/evidence/model").asText(thing.replaceFirst("@.*", ""));
    if (model.matches("[a-z0-9][a-z0-9._-]{0,95}") && !NO_MODELS.contains(model)) {
      cli = cli.replaceAll("(?<!/)\\bNAME\\b", model);
    }
    String id = problem.path("instance").asText("").replaceFirst(".*/", "");
    if (id.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")) {
      cli = cli.replaceAll("\\bID\\b", id);
    }
    return UNFILLED.matcher(cli).find() ? Try.words(say) : new Try(say, cli);
  }

  private static String value(String key, JsonNode value) {
    if (key.endsWith("Bytes") && value.canConvertToLong()) {
      return Human.bytes(value.longValue()) + " (" + value.longValue() + ")";
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String lower(String title) {
    boolean acronym = title.length() > 1 && Character.isUpperCase(title.charAt(1));
    return acronym || title.isEmpty()
        ? title
        : Character.toLowerCase(title.charAt(0)) + title.substring(1);
  }
}
