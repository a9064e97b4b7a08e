package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.output.Times;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan, or what came of one, as people read it. */
final class CleanupText {
  private static final int MOST_KEPT = 20;
  private static final int MOST_GONE = 200;
  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Session session;
  private final Style style;

  CleanupText(Session session) {
    this.session = session;
    this.style = session.paper().style();
  }

  void show(JsonNode end) {
    JsonNode result = end.path("result");
    boolean planned = "planned".equals(end.path("state").asText());
    String id = result.path("planId").asText();
    if (planned) {
      session.paper().data("Plan " + id + " (valid until anything it names changes, 24 h at most)");
    }
    gone(result.path("removed"), planned);
    kept(result.path("kept"));
    footer(result, planned);
    if (planned && !result.path("removed").isEmpty()) {
      session.paper().talk("Run exactly this:  " + session.program() + " cleanup --plan " + id);
    } else if (!result.path("models").isEmpty()) {
      session
          .paper()
          .talk("Bring it back:  " + session.program() + " undo " + end.path("id").asText());
    }
  }

  private void gone(JsonNode removed, boolean planned) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode one : removed) {
      if (rows.size() < MOST_GONE) {
        rows.add(
            Row.of(
                one.path("what").asText(),
                style.safe(one.path("what").asText()),
                Human.bytes(one.path("bytes").asLong()),
                style.safe(one.path("reason").asText()),
                Times.of(one.path("undoUntil")).map(UNTIL::format).orElse("-")));
      }
    }
    if (rows.isEmpty()) {
      session.paper().data(planned ? "Nothing would go." : "Nothing was to go.");
      return;
    }
    print(
        rows,
        Column.text(planned ? "REMOVE" : "REMOVED"),
        Column.number("BYTES"),
        Column.text("WHY"),
        Column.text("UNDO UNTIL"));
    more(removed.size() - rows.size());
  }

  private void kept(JsonNode kept) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode one : kept) {
      if (rows.size() < MOST_KEPT) {
        rows.add(
            Row.of(
                    one.path("what").asText(),
                    style.safe(one.path("what").asText()),
                    Human.bytes(one.path("bytes").asLong()),
                    style.safe(one.path("reason").asText()))
                .marked(Mark.FAINT));
      }
    }
    if (!rows.isEmpty()) {
      print(rows, Column.text("KEEP"), Column.number("BYTES"), Column.text("WHY"));
      more(kept.size() - rows.size());
    }
  }

  private void footer(JsonNode result, boolean planned) {
    long now = result.path("freedBytes").asLong();
    long later = result.path("laterBytes").asLong();
    String line =
        (planned ? "frees " : "freed ")
            + Human.bytes(now)
            + (planned ? " at once" : "")
            + (later > 0 ? ", " + Human.bytes(later) + " more when its trash ends" : "");
    session.paper().data(line);
    if (result.path("truncated").asBoolean()) {
      session.paper().talk("There is more than is shown; run it again for the rest.");
    }
  }

  private void more(int left) {
    if (left > 0) {
      session.paper().data("… and " + left + " more; --json shows them");
    }
  }

  private void print(List<Row> rows, Column... columns) {
    session.paper().print(new Listing(List.of(columns), rows, Json.array(), ""));
  }
}
