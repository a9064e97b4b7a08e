package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The versions of a model as rows. */
final class VersionRows {
  private VersionRows() {}

  /** What an archive takes less than the files. */
  private static String saving(JsonNode version) {
    long size = version.path("sizeBytes").asLong();
    long saved = size - version.path("presentBytes").asLong();
    return size > 0 && saved > 0
        ? ", saves %s (%d %%)".formatted(Human.bytes(saved), Math.round(100.0 * saved / size))
        : "";
  }

  static List<Column> columns() {
    return List.of(
        Column.text("VERSION"),
        Column.text("STATE"),
        Column.text("LOCATION"),
        Column.number("SIZE").exactly("SIZE_BYTES"),
        Column.number("FILES"),
        Column.number("VERIFIED").exactly("VERIFIED_AT"),
        Column.text("BY"),
        Column.text("REVISION").onlyWide(),
        Column.text("SIGNATURE").onlyWide(),
        Column.text("SCAN").onlyWide(),
        Column.text("UPSTREAM").onlyWide());
  }

  /** A row a version; the name is what other commands take. */
  static List<Row> rows(JsonNode versions, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode v : versions) {
      boolean current = v.path("current").asBoolean();
      String state = current ? "current" : v.path("state").asText("-");
      String commit = v.path("commit").asText();
      rows.add(
          Row.of(
                  v.path("model").asText() + "@" + commit,
                  ModelView.shortCommit(commit),
                  "archived".equals(state) ? state + saving(v) : state,
                  v.path("location").asText("-"),
                  Human.bytes(v.path("sizeBytes").asLong()),
                  v.path("fileCount").asText("-"),
                  Times.age(v.path("verifiedAt"), now),
                  v.path("verifiedBy").asText("-"),
                  v.path("source").path("revision").asText("-"),
                  v.path("signature").path("status").asText("-"),
                  v.path("scan").path("status").asText("-"),
                  v.path("upstreamSignature").path("status").asText("-"))
              .exactly(
                  commit,
                  state,
                  v.path("location").asText(""),
                  v.path("sizeBytes").asText(""),
                  v.path("fileCount").asText(""),
                  v.path("verifiedAt").asText(""),
                  v.path("verifiedBy").asText(""),
                  v.path("source").path("revision").asText(""),
                  v.path("signature").path("status").asText(""),
                  v.path("scan").path("status").asText(""),
                  v.path("upstreamSignature").path("status").asText(""))
              .marked(current ? Mark.GOOD : ModelView.mark(state)));
    }
    return rows;
  }
}
