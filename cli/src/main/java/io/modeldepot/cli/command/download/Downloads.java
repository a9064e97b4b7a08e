package io.modeldepot.cli.command.download;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.AtMost;
import io.modeldepot.cli.command.Filters;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Column;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Times;
import io.modeldepot.cli.progress.Job;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code downloads}: what is under way and what was. */
@Command(
    name = "downloads",
    description = {
      "Downloads, newest first, and what became of them.",
      "",
      "Examples:",
      "  downloads --running",
      "  downloads --state failed --model phi-2",
      "  downloads --filter 'created<1d' --filter actor=ops",
      "",
      "Fields of filters: id, model, state, actor, origin, final, created, updated.",
      ""
    })
public final class Downloads implements Work {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("ID"),
          Column.text("MODEL"),
          Column.text("VERSION"),
          Column.text("STATE"),
          Column.number("DONE").exactly("DONE_BYTES"),
          Column.number("SIZE").exactly("SIZE_BYTES"),
          Column.number("AGE").exactly("CREATED_AT"),
          Column.text("BY").onlyWide(),
          Column.text("PROBLEM"));

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "only in this state, such as failed")
  @Nullable String state;

  @Option(names = "--running", description = "only those that have not ended")
  boolean running;

  @Option(names = "--model", paramLabel = "NAME", description = "only of this model")
  @Nullable String model;

  @Mixin Filters filters = new Filters();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "at most so many; 50")
  int limit = 50;

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    return watching.run(session, this::answer);
  }

  private ExitCode answer(Session session) {
    AtMost.oneOrMore(limit);
    List<String> query = new ArrayList<>(filters.query());
    if (state != null) {
      query.add(Registry.query("state", state));
    } else if (running) {
      Job.goingOn().forEach(word -> query.add(Registry.query("state", word)));
    }
    if (model != null) {
      query.add(Registry.query("model", model));
    }
    String path = "/downloads" + (query.isEmpty() ? "" : "?" + String.join("&", query));
    ArrayNode items = session.registry().items("downloads", path, limit);
    ArrayNode shown = io.modeldepot.cli.output.Json.array();
    List<Row> rows = new ArrayList<>();
    for (JsonNode item : items) {
      Job job = Job.of(item);
      if (!running || !job.ended()) {
        shown.add(item);
        rows.add(row(job, session));
      }
    }
    String footer = Human.count(rows.size(), "download", "downloads");
    session.paper().print(new Listing(COLUMNS, rows, shown, footer));
    return ExitCode.OK;
  }

  private static Row row(Job job, Session session) {
    JsonNode item = job.record();
    String percent = job.totalBytes() > 0 ? Human.percent(job.doneBytes(), job.totalBytes()) : "-";
    String problem = job.problem().path("code").asText("-");
    Mark mark =
        switch (job.state()) {
          case FAILED -> Mark.BAD;
          case WAITING, EXPIRED -> Mark.WARN;
          case CANCELLED, PLANNED, DONE -> Mark.PLAIN;
          default -> Mark.GOOD;
        };
    return Row.of(
            job.id(),
            job.id(),
            job.model(),
            job.revision().isEmpty() ? "-" : job.revision(),
            job.phase(),
            percent,
            job.totalBytes() > 0 ? Human.bytes(job.totalBytes()) : "-",
            Times.age(item.path("createdAt"), session.clock().instant()),
            item.path("actor").asText("-"),
            problem)
        .exactly(
            job.id(),
            job.model(),
            item.path("commit").asText(job.revision()),
            item.path("state").asText(""),
            Long.toString(job.doneBytes()),
            Long.toString(job.totalBytes()),
            item.path("createdAt").asText(""),
            item.path("actor").asText(""),
            job.problem().path("code").asText(""))
        .marked(mark);
  }
}
