package io.modeldepot.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Form;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.SafeText;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Failure on stderr: the thing and what happened, the cause, the evidence, then what to try. One
 * JSON line with {@code --json}. A filter that cannot be read is shown with a mark under the place
 * where it goes wrong.
 */
public final class FailureText {
  private FailureText() {}

  public static void print(Failure failure, Paper paper, String program) {
    if (paper.form() == Form.JSON) {
      paper.warn(Json.line(json(failure)));
    } else {
      lines(failure, paper.talkStyle(), program).forEach(paper::warn);
    }
  }

  /** The lines, safe to show. */
  public static List<String> lines(Failure failure, Style style, String program) {
    List<String> lines = new ArrayList<>();
    String code = failure.code().isEmpty() ? "" : "   " + style.faint(style.safe(failure.code()));
    lines.add(style.bad("error:") + " " + style.safe(failure.headline()) + code);
    if (!failure.why().isEmpty()) {
      lines.add("  " + style.safe(failure.why()));
    }
    Map<String, String> evidence = new LinkedHashMap<>(failure.evidence());
    if (evidence.containsKey("filter") && evidence.getOrDefault("at", "").matches("\\d{1,6}")) {
      String filter = String.valueOf(evidence.remove("filter"));
      int at = Math.min(filter.length(), Integer.parseInt(String.valueOf(evidence.remove("at"))));
      lines.add("    " + style.safe(filter));
      int cells = SafeText.cells(style.safe(filter.substring(0, at)));
      lines.add("    " + " ".repeat(cells) + style.bad("^"));
    }
    evidence.forEach(
        (name, value) -> lines.add("  " + style.safe(name) + ": " + style.safe(value)));
    String lead = "Try:  ";
    for (Try remedy : failure.tries()) {
      lines.add(lead + remedy(remedy, style, program));
      lead = "      ";
    }
    return lines;
  }

  private static String remedy(Try remedy, Style style, String program) {
    String say = style.safe(remedy.say());
    if (remedy.command().isEmpty()) {
      return say;
    }
    String command = style.bold(style.safe(program + " " + remedy.command()));
    return say.isEmpty() ? command : command + "   (" + say + ")";
  }

  private static ObjectNode json(Failure failure) {
    ObjectNode node = Json.object().put("kind", "error").put("exit", failure.exit().number());
    if (!failure.code().isEmpty()) {
      node.put("code", failure.code());
    }
    node.put("title", failure.headline());
    if (!failure.why().isEmpty()) {
      node.put("detail", failure.why());
    }
    if (!failure.evidence().isEmpty()) {
      ObjectNode evidence = node.putObject("evidence");
      failure.evidence().forEach(evidence::put);
    }
    if (!failure.tries().isEmpty()) {
      ArrayNode remedies = node.putArray("remedies");
      for (Try remedy : failure.tries()) {
        ObjectNode entry = remedies.addObject().put("say", remedy.say());
        if (!remedy.command().isEmpty()) {
          entry.put("cli", remedy.command());
        }
      }
    }
    return node;
  }
}
