package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.AtMost;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: who did what, and whether the record is whole. */
@Command(
    name = "audit",
    description = {
      "Who did what, when and by which way, newest first.",
      "With --verify: whether the record is whole (exit code 0 yes, 1 no).",
      "",
      "Examples:",
      "  audit -n 20",
      "  audit --object model/llama2-7b --from 2026-11-01T00:00:00Z",
      "  audit --verify",
      ""
    })
public final class Audit implements Work {
  @Option(
      names = "--object",
      paramLabel = "OBJECT",
      description = "only about it, such as model/phi-2")
  @Nullable String object;

  @Option(names = "--actor", paramLabel = "WHO", description = "only by this one")
  @Nullable String actor;

  @Option(names = "--from", paramLabel = "TIME", description = "RFC 3339")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "RFC 3339")
  @Nullable String to;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "at most so many; 50")
  int limit = 50;

  @Option(names = "--verify", description = "recompute the chain of hashes")
  boolean verify;

  @Override
  public ExitCode run(Session session) {
    return verify ? check(session) : show(session);
  }

  private ExitCode show(Session session) {
    AtMost.oneOrMore(limit);
    List<String> parts = new ArrayList<>();
    add(parts, "object", object);
    add(parts, "actor", actor);
    add(parts, "from", from);
    add(parts, "to", to);
    String path = "/audit" + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    ArrayNode items = session.registry().items("audit", path, limit);
    List<Row> rows = new ArrayList<>();
    for (JsonNode item : items) {
      String detail = item.has("detail") ? Json.line(item.path("detail")) : "-";
      rows.add(
          Row.of(
                  item.path("seq").asText(),
                  item.path("seq").asText(),
                  item.path("at").asText().replaceFirst("\\.\\d+Z$", "Z"),
                  item.path("actor").asText("-"),
                  item.path("action").asText("-"),
                  item.path("object").asText("-"),
                  item.path("source").asText("-"),
                  detail)
              .exactly(
                  item.path("seq").asText(),
                  item.path("at").asText(),
                  item.path("actor").asText(""),
                  item.path("action").asText(""),
                  item.path("object").asText(""),
                  item.path("source").asText(""),
                  detail.equals("-") ? "" : detail));
    }
    List<Column> columns =
        List.of(
            Column.number("SEQ"),
            Column.text("AT"),
            Column.text("ACTOR"),
            Column.text("ACTION"),
            Column.text("OBJECT"),
            Column.text("BY"),
            Column.text("DETAIL").onlyWide());
    session.paper().print(new Listing(columns, rows, items, ""));
    return ExitCode.OK;
  }

  private static ExitCode check(Session session) {
    JsonNode answer = session.registry().get("audit", "/audit/verify");
    boolean intact = answer.path("intact").asBoolean();
    if (session.form().machine()) {
      session.paper().machine(answer);
    } else if (intact) {
      session
          .paper()
          .data(
              "The audit trail is whole: "
                  + answer.path("records").asLong()
                  + " records, head "
                  + session.paper().style().safe(answer.path("head").path("hash").asText("-")));
    } else {
      JsonNode broken = answer.path("firstBroken");
      session
          .paper()
          .data(
              "The audit trail is broken at record "
                  + broken.path("seq").asText("?")
                  + ": "
                  + session.paper().style().safe(broken.path("reason").asText("")));
    }
    return intact ? ExitCode.OK : ExitCode.NO;
  }

  private static void add(List<String> parts, String name, @Nullable String value) {
    if (value != null) {
      parts.add(Registry.query(name, value));
    }
  }
}
