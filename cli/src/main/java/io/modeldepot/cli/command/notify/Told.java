package io.modeldepot.cli.command.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.EachName;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was told. */
final class Told {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("ID"),
          Column.text("RECEIVER"),
          Column.text("EVENT"),
          Column.text("OBJECT"),
          Column.text("STATE"),
          Column.number("TRIES"),
          Column.number("HTTP"),
          Column.number("MS"),
          Column.number("AGE").exactly("CREATED_AT"),
          Column.text("SAID").onlyWide());

  private final Session session;

  Told(Session session) {
    this.session = session;
  }

  ExitCode log(Optional<String> receiver, List<String> filters, int limit) {
    List<String> query = new ArrayList<>(filters);
    receiver.ifPresent(name -> query.add(Registry.query("receiver", name)));
    String path = "/notifications" + (query.isEmpty() ? "" : "?" + String.join("&", query));
    ArrayNode items = session.registry().items("notify", path, limit);
    List<Row> rows = new ArrayList<>();
    items.forEach(item -> rows.add(row(item)));
    String footer = Human.count(rows.size(), "notification", "notifications");
    session.paper().print(new Listing(COLUMNS, rows, items, footer));
    return ExitCode.OK;
  }

  private Row row(JsonNode item) {
    String state = item.path("state").asText("-");
    Mark mark =
        switch (state) {
          case "given-up" -> Mark.BAD;
          case "waiting" -> item.path("attempts").asInt() > 0 ? Mark.WARN : Mark.PLAIN;
          default -> Mark.PLAIN;
        };
    return Row.of(
            item.path("id").asText(),
            item.path("id").asText(),
            item.path("receiver").asText("-"),
            item.path("kind").asText("-"),
            item.path("object").asText("-"),
            state,
            item.path("attempts").asText("-"),
            item.path("status").asText("-"),
            item.path("millis").asText("-"),
            Times.age(item.path("createdAt"), session.clock().instant()),
            item.path("said").asText("-"))
        .exactly(
            item.path("id").asText(),
            item.path("receiver").asText(""),
            item.path("kind").asText(""),
            item.path("object").asText(""),
            item.path("state").asText(""),
            item.path("attempts").asText(""),
            item.path("status").asText(""),
            item.path("millis").asText(""),
            item.path("createdAt").asText(""),
            item.path("said").asText(""))
        .marked(mark);
  }

  ExitCode retry(List<String> ids) {
    return EachName.run(session, ids, "notify retry", this::retry);
  }

  private ExitCode retry(String id) {
    String path = "/notifications/" + Registry.segment(id) + "/retry";
    JsonNode answer = session.registry().send(id, Call.post(path, Json.object())).body();
    if (session.form().machine()) {
      session.paper().machine(answer);
    } else {
      session.paper().data(session.paper().style().safe(id) + " is told again");
    }
    return ExitCode.OK;
  }
}
