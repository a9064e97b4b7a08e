package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Filters;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code list}: the catalog, and what of it is here. */
@Command(
    name = "list",
    description = {
      "The catalog, and what of it is here.",
      "",
      "Examples:",
      "  list                          everything",
      "  list --present -q             names of what is on the volume",
      "  list --filter 'size>30g'      larger than 30 GB",
      "  list --filter family=llama --filter 'verified>30d' --sort size:desc",
      "  list --present --filter 'lastUsed>30d' -o wide   what nobody read or leased for 30 days",
      "  list -o csv > models.csv",
      "",
      "Fields: name, family, repository, licence, displayName, state, update, profile (= != ~);",
      "active (= true, false); users, priority, versions, size as 30g (= != > >= < <=);",
      "verified, lastUsed, updated as 90s, 12h, 7d, 2w, 3mo, 1y ago (> >= < <=).",
      ""
    })
public final class ListModels implements Work {
  private static final int MOST = 100_000;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("NAME"),
          Column.text("VERSION"),
          Column.text("STATE"),
          Column.number("SIZE").exactly("SIZE_BYTES"),
          Column.number("VERIFIED").exactly("VERIFIED_AT"),
          Column.text("BY").onlyWide(),
          Column.text("FAMILY").onlyWide(),
          Column.number("VERSIONS").onlyWide(),
          Column.text("PINNED").onlyWide(),
          Column.text("LICENCE").onlyWide(),
          Column.text("REPOSITORY").onlyWide(),
          Column.text("SIGNATURE").onlyWide(),
          Column.text("UPSTREAM").onlyWide(),
          Column.text("SCAN").onlyWide(),
          Column.text("NEWER").onlyWide(),
          Column.number("USED").exactly("LAST_USED_AT").onlyWide());

  @Parameters(paramLabel = "TEXT", arity = "0..1", description = "only entries that contain it")
  @Nullable String text;

  @Mixin Filters filters = new Filters();

  @Option(names = "--present", description = "only what is on the volume")
  boolean present;

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    return watching.run(session, this::answer);
  }

  private ExitCode answer(Session session) {
    ArrayNode items = session.registry().items("list", "/models" + query(), MOST);
    ArrayNode shown = io.modeldepot.cli.output.Json.array();
    List<Row> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Instant now = session.clock().instant();
    long versions = 0;
    long bytes = 0;
    for (JsonNode item : items) {
      names.add(item.path("model").asText());
      if (!present || item.path("current").isObject()) {
        shown.add(item);
        rows.add(ModelView.row(item, now));
        versions += item.path("versions").asLong();
        bytes += item.path("sizeBytes").asLong();
      }
    }
    if (text == null && filters.isEmpty()) {
      session.names().replace(names);
    }
    Style style = session.paper().style();
    String footer =
        Human.count(rows.size(), "model", "models")
            + style.dot()
            + Human.count(versions, "version", "versions")
            + style.dot()
            + Human.bytes(bytes);
    session.paper().print(new Listing(COLUMNS, rows, shown, footer));
    if (rows.isEmpty() && text == null && filters.isEmpty()) {
      session.paper().talk("Nothing here yet. Next:  " + session.program() + " download NAME");
    }
    return ExitCode.OK;
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    if (text != null) {
      parts.add(Registry.query("q", text));
    }
    parts.addAll(filters.query());
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }
}
