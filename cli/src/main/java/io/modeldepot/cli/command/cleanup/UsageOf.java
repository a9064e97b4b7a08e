package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
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
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code usage}: what takes the disk, all of it. */
@Command(
    name = "usage",
    description = {
      "What takes the disk: every byte of the volume by what it is for.",
      "What several versions share counts once. Unexplained is what lies in the depot's own",
      "directories and belongs to nothing; it should be 0.",
      "",
      "Examples:",
      "  usage",
      "  usage -o csv > usage.csv",
      ""
    })
public final class UsageOf implements Work {
  private static final int MOST = 1000;
  private static final Map<String, String> MEANS =
      Map.of(
          "current", "current versions",
          "old", "older versions",
          "partial", "downloads under way",
          "trash", "in the trash",
          "archive", "archived",
          "foreign", "quarantined or not ours",
          "unexplained", "unexplained");

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    return watching.run(session, this::answer);
  }

  private ExitCode answer(Session session) {
    ArrayNode storages = session.registry().items("usage", "/storage", MOST);
    List<Row> rows = new ArrayList<>();
    ArrayNode machine = Json.array();
    List<String> footers = new ArrayList<>();
    for (JsonNode storage : storages) {
      machine.add(storage);
      footers.add(location(storage, rows, session));
    }
    footers.addAll(archives(session));
    session
        .paper()
        .print(
            new Listing(
                List.of(
                    Column.text("LOCATION"),
                    Column.text("WHAT"),
                    Column.text("FAMILY"),
                    Column.number("BYTES").exactly("SIZE_BYTES")),
                rows,
                machine,
                String.join("\n", footers)));
    if (storages.isEmpty()) {
      session.paper().talk("No location has reported yet; a downloader does so every minute.");
    }
    return ExitCode.OK;
  }

  private static String location(JsonNode storage, List<Row> rows, Session session) {
    String location = storage.path("location").asText();
    long sum = 0;
    long unexplained = 0;
    for (JsonNode usage : storage.path("usage")) {
      String kind = usage.path("kind").asText();
      long bytes = usage.path("bytes").asLong();
      sum += bytes;
      if ("unexplained".equals(kind)) {
        unexplained += bytes;
      } else {
        rows.add(row(location, kind, usage.path("family").asText("-"), bytes));
      }
    }
    // The cache has names of its own; what versions share with it counts with them.
    long cache = storage.path("cacheBytes").asLong();
    if (cache > 0) {
      sum += cache;
      rows.add(said(location, "cache alone", "-", cache));
    }
    rows.add(
        row(location, "unexplained", "-", unexplained)
            .marked(unexplained > 0 ? Mark.WARN : Mark.FAINT));
    return location
        + ": "
        + Human.bytes(sum)
        + " of "
        + Human.bytes(storage.path("capacityBytes").asLong())
        + " are the depot's, "
        + Human.bytes(storage.path("freeBytes").asLong())
        + " are free; as of "
        + ago(Times.age(storage.path("reportedAt"), session.clock().instant()));
  }

  /** What each model's archives save. */
  private static List<String> archives(Session session) {
    List<String> lines = new ArrayList<>();
    JsonNode usage = session.registry().find("usage", "/usage").orElseGet(Json::object);
    for (JsonNode one : usage.path("archived")) {
      lines.add(
          "%s: %s archived in %s, %s saved"
              .formatted(
                  one.path("model").asText(),
                  Human.count(one.path("versions").asLong(), "version", "versions"),
                  Human.bytes(one.path("bytes").asLong()),
                  Human.bytes(one.path("savedBytes").asLong())));
    }
    return lines;
  }

  private static String ago(String age) {
    return age.equals("now") ? age : age + " ago";
  }

  private static Row row(String location, String kind, String family, long bytes) {
    return said(location, MEANS.getOrDefault(kind, kind), family, bytes);
  }

  private static Row said(String location, String what, String family, long bytes) {
    return Row.of(location, location, what, family, Human.bytes(bytes))
        .exactly(location, what, family.equals("-") ? "" : family, Long.toString(bytes));
  }
}
