package io.modeldepot.cli.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Style;
import io.modeldepot.events.terms.ProblemText;
import java.util.ArrayList;
import java.util.List;

/** What the codes of problems mean: the texts that every part of the depot has built in. */
final class CodeStory {
  private CodeStory() {}

  /** All codes in a table. */
  static void all(Session session) {
    List<Row> rows = new ArrayList<>();
    ArrayNode machine = Json.array();
    for (ProblemText text : ProblemText.all()) {
      machine.add(json(text));
      rows.add(
          Row.of(
              text.code().code(),
              text.code().code(),
              text.title(),
              Integer.toString(text.exitCode()),
              Integer.toString(text.status()),
              text.retryable() ? "yes" : "no"));
    }
    List<Column> columns =
        List.of(
            Column.text("CODE"),
            Column.text("MEANS"),
            Column.number("EXIT"),
            Column.number("HTTP"),
            Column.text("RETRY"));
    session.paper().print(new Listing(columns, rows, machine, ""));
  }

  /** One of them, with what leads to it and what helps. */
  static void one(Session session, ProblemText text) {
    if (session.form().machine()) {
      session.paper().machine(json(text));
      return;
    }
    Style style = session.paper().style();
    session.paper().data(style.bold(text.code().code()) + ": " + text.title());
    session.paper().data(text.cause());
    session
        .paper()
        .data(
            "Exit code "
                + text.exitCode()
                + ", HTTP "
                + text.status()
                + (text.retryable()
                    ? "; trying again later can help"
                    : "; trying again alone does not help"));
    text.remedies()
        .forEach(
            remedy ->
                session
                    .paper()
                    .data(
                        "  "
                            + style.arrow()
                            + " "
                            + remedy.say()
                            + remedy
                                .cli()
                                .map(c -> ":  " + session.program() + " " + c)
                                .orElse("")));
  }

  private static JsonNode json(ProblemText text) {
    ObjectNode node =
        Json.object()
            .put("code", text.code().code())
            .put("title", text.title())
            .put("cause", text.cause())
            .put("exit", text.exitCode())
            .put("status", text.status())
            .put("retryable", text.retryable());
    ArrayNode remedies = node.putArray("remedies");
    text.remedies()
        .forEach(
            remedy -> {
              ObjectNode entry = remedies.addObject().put("say", remedy.say());
              remedy.cli().ifPresent(c -> entry.put("cli", c));
              remedy.rest().ifPresent(r -> entry.put("rest", r));
            });
    return node;
  }
}
