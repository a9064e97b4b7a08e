package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import java.util.ArrayList;
import java.util.List;

/** How two backups differ, as it is shown, whoever compared them. */
final class BackupsDiffText {
  private static final int SHORT = 7;

  private BackupsDiffText() {}

  /** Shows it; the answer to whether they have the same. */
  static ExitCode say(Session session, JsonNode diff) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode line : diff.path("versions")) {
      String commit = line.path("commit").asText();
      String model = line.path("model").asText();
      String change = line.path("change").asText();
      rows.add(
          Row.of(
                  model + "@" + commit,
                  model,
                  commit.substring(0, Math.min(SHORT, commit.length())),
                  change,
                  line.path("current").asBoolean() ? "current" : "-",
                  Human.bytes(line.path("bytes").asLong()))
              .marked(change.equals("gone") ? Mark.WARN : Mark.PLAIN));
    }
    int differences = diff.path("differences").asInt();
    String more =
        differences > rows.size() ? "the first " + rows.size() + " of " + differences + ", " : "";
    session
        .paper()
        .print(
            new Listing(
                List.of(
                    Column.text("MODEL"),
                    Column.text("VERSION"),
                    Column.text("CHANGE"),
                    Column.text("CURRENT"),
                    Column.number("SIZE")),
                rows,
                diff,
                more
                    + diff.path("backup").asText()
                    + " to "
                    + diff.path("against").asText()
                    + ": "
                    + Human.count(differences, "difference", "differences")
                    + ", "
                    + Human.bytes(diff.path("addedBytes").asLong())
                    + " more, "
                    + Human.bytes(diff.path("goneBytes").asLong())
                    + " less, "
                    + Human.count(diff.path("sameVersions").asInt(), "version", "versions")
                    + " the same"));
    return differences == 0 ? ExitCode.OK : ExitCode.NO;
  }
}
