package io.modeldepot.cli.command.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;

/** Those who are told. */
final class Receivers {
  private static final int MOST = 500;
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("NAME"),
          Column.text("STATE"),
          Column.text("TO"),
          Column.text("AS"),
          Column.text("ON"),
          Column.text("WHY"));

  private final Session session;

  Receivers(Session session) {
    this.session = session;
  }

  ExitCode list() {
    ArrayNode items = session.registry().items("notify", "/notifications/receivers", MOST);
    List<Row> rows = new ArrayList<>();
    for (JsonNode item : items) {
      List<String> on = new ArrayList<>();
      item.path("on").forEach(kind -> on.add(kind.asText()));
      String state = item.path("state").asText("-");
      rows.add(
          Row.of(
                  item.path("name").asText(),
                  item.path("name").asText(),
                  state,
                  item.path("to").asText("-"),
                  item.path("template").asText("-"),
                  String.join(" ", on),
                  item.path("why").asText("-"))
              .marked(state.equals("ready") ? Mark.PLAIN : Mark.BAD));
    }
    if (items.isEmpty() && session.form().forPeople()) {
      session.paper().talk("Nobody is told anything. How: docs/notifications.md");
    }
    session
        .paper()
        .print(
            new Listing(COLUMNS, rows, items, Human.count(rows.size(), "receiver", "receivers")));
    return ExitCode.OK;
  }

  /** An action: what did not arrive is no "no", but something that could not be reached. */
  ExitCode test(String name) {
    String path = "/site/notify/" + Registry.segment(name) + "/test";
    JsonNode answer = session.registry().send(name, Call.post(path, Json.object())).body();
    boolean delivered = answer.path("delivered").asBoolean();
    if (session.form().machine()) {
      session.paper().machine(answer);
      return delivered ? ExitCode.OK : ExitCode.UNREACHABLE;
    }
    Style style = session.paper().style();
    String answered = answer.has("status") ? "HTTP " + answer.path("status").asInt() : "no answer";
    if (!delivered) {
      throw Failure.of(ExitCode.UNREACHABLE, "", name + " did not take the test")
          .because(answer.path("said").asText(answered))
          .seen("answer", answered)
          .seen("milliseconds", answer.path("millis").asText())
          .tryThis(new Try("see how it is set", "notify list"));
    }
    session
        .paper()
        .data(
            "%s took it: %s in %d ms (%s)"
                .formatted(
                    style.safe(name),
                    answered,
                    answer.path("millis").asLong(),
                    style.safe(answer.path("id").asText())));
    return ExitCode.OK;
  }
}
