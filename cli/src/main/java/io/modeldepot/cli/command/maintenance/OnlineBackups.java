package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
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
import java.util.function.Function;

/** Backups as the registry knows them, and what the janitor is asked to do with them. */
final class OnlineBackups {
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("ID"),
          Column.number("AGE").exactly("CREATED_AT"),
          Column.text("SCOPE"),
          Column.number("NEW").exactly("NEW_BYTES"),
          Column.number("TOTAL").exactly("TOTAL_BYTES"),
          Column.text("STATE"),
          Column.text("TARGET").onlyWide(),
          Column.text("REQUEST").onlyWide(),
          Column.text("PROBLEM"));

  private final Session session;
  private final Optional<String> target;
  private final Optional<String> progress;

  OnlineBackups(Session session, Optional<String> target, Optional<String> progress) {
    this.session = session;
    this.target = target;
    this.progress = progress;
  }

  ExitCode list(int limit) {
    ArrayNode items = session.registry().items("backups", "/backups", limit);
    ArrayNode shown = Json.array();
    List<Row> rows = new ArrayList<>();
    for (JsonNode item : items) {
      String action = item.path("asked").path("action").asText("backup");
      if (action.equals("backup") && !item.path("asked").path("dryRun").asBoolean()) {
        shown.add(item);
        rows.add(row(item));
      }
    }
    session
        .paper()
        .print(new Listing(COLUMNS, rows, shown, Human.count(rows.size(), "backup", "backups")));
    return ExitCode.OK;
  }

  private Row row(JsonNode item) {
    JsonNode result = item.path("result");
    String state = item.path("state").asText();
    boolean done = state.equals("done");
    String id = done ? result.path("backup").asText("-") : "-";
    String scope = done ? result.path("scope").asText("-") : scope(item.path("asked"));
    String shown = result.path("leftOutInAll").asInt() > 0 ? "in part" : state;
    return Row.of(
            done ? id : item.path("id").asText(),
            id,
            Times.age(item.path("createdAt"), session.clock().instant()),
            scope,
            done ? Human.bytes(result.path("addedBytes").asLong()) : "-",
            done ? Human.bytes(result.path("totalBytes").asLong()) : "-",
            shown,
            result.path("target").asText("-"),
            item.path("id").asText(),
            item.path("problem").path("code").asText("-"))
        .exactly(
            id.equals("-") ? "" : id,
            item.path("createdAt").asText(""),
            scope,
            done ? result.path("addedBytes").asText("") : "",
            done ? result.path("totalBytes").asText("") : "",
            shown,
            result.path("target").asText(""),
            item.path("id").asText(),
            item.path("problem").path("code").asText(""))
        .marked(
            switch (state) {
              case "done" -> result.path("leftOutInAll").asInt() > 0 ? Mark.WARN : Mark.PLAIN;
              case "failed", "expired" -> Mark.BAD;
              default -> Mark.GOOD;
            });
  }

  private static String scope(JsonNode asked) {
    return asked.hasNonNull("model")
        ? asked.path("model").asText()
        : asked.hasNonNull("family") ? "family " + asked.path("family").asText() : "all";
  }

  ExitCode pin(String wanted, Optional<String> reason) {
    String backup = MeantBackup.of(session, wanted);
    if (reason.isEmpty()) {
      throw Failure.usage("a pin has a reason")
          .tryThis(Try.command("backups pin " + backup + " --reason \"before the upgrade\""));
    }
    ObjectNode body =
        Json.object().put("action", "pin").put("backup", backup).put("reason", reason.get());
    return done(body, "backups pin", r -> r.path("backup").asText() + " is pinned");
  }

  ExitCode unpin(String wanted) {
    String backup = MeantBackup.of(session, wanted);
    ObjectNode body = Json.object().put("action", "unpin").put("backup", backup);
    return done(body, "backups unpin", r -> r.path("backup").asText() + " is not pinned any more");
  }

  /** A question: 0 they have the same, 1 they have not. */
  ExitCode diff(String one, String other) {
    ObjectNode body =
        Json.object()
            .put("action", "diff")
            .put("backup", MeantBackup.of(session, one))
            .put("against", MeantBackup.of(session, other));
    target.ifPresent(name -> body.put("target", name));
    Followed followed =
        new Followed(session, "backups", ProgressKind.of(progress.orElse(null), session));
    Optional<JsonNode> ended = followed.follow(followed.ask("backups diff", body));
    if (ended.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    ExitCode unused = Followed.outcome("backups diff", ended.get());
    return BackupsDiffText.say(session, ended.get().path("result"));
  }

  ExitCode prune(boolean plan) {
    ObjectNode body = Json.object().put("action", "prune");
    if (plan) {
      body.put("dryRun", true);
    }
    return done(
        body,
        "backups prune",
        r -> {
          for (JsonNode line : r.path("backups")) {
            session
                .paper()
                .data(
                    line.path("backup").asText()
                        + (line.path("kept").asBoolean() ? "  stays: " : "  goes: ")
                        + line.path("why").asText());
          }
          return Human.bytes(r.path("freedBytes").asLong())
              + (plan ? " would be freed, " : " freed, ")
              + Human.bytes(r.path("waitingBytes").asLong())
              + " a day later";
        });
  }

  ExitCode drill(Optional<String> backup) {
    ObjectNode body = Json.object().put("action", "drill");
    backup.ifPresent(id -> body.put("backup", MeantBackup.of(session, id)));
    return done(
        body,
        "backups drill",
        r ->
            r.path("backup").asText()
                + ": "
                + Human.bytes(r.path("totalBytes").asLong())
                + " restored and verified in "
                + Human.span(Math.round(r.path("rtoSeconds").asDouble())));
  }

  private ExitCode done(ObjectNode body, String thing, Function<JsonNode, String> sentence) {
    target.ifPresent(name -> body.put("target", name));
    Followed followed =
        new Followed(session, "backups", ProgressKind.of(progress.orElse(null), session));
    Optional<JsonNode> ended = followed.follow(followed.ask(thing, body));
    if (ended.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    ExitCode exit = Followed.outcome(thing, ended.get());
    if (session.form().machine()) {
      followed.summary(ended.get(), exit);
    } else {
      String said = sentence.apply(ended.get().path("result"));
      session.paper().data(session.paper().style().safe(said));
    }
    return exit;
  }

  /** A question: 0 all is whole, 1 findings, more: could not tell. */
  ExitCode check(Optional<String> depth) {
    ObjectNode body = Json.object().put("action", "check");
    depth.ifPresent(read -> body.put("read", read));
    target.ifPresent(name -> body.put("target", name));
    Followed followed =
        new Followed(session, "backups", ProgressKind.of(progress.orElse(null), session));
    Optional<JsonNode> ended = followed.follow(followed.ask("backups check", body));
    if (ended.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    JsonNode result = ended.get().path("result");
    boolean found = result.path("findingsInAll").asLong() > 0;
    if (!found) {
      ExitCode unused = Followed.outcome("backups check", ended.get());
    }
    ExitCode exit = found ? ExitCode.NO : ExitCode.OK;
    if (session.form().machine()) {
      followed.summary(ended.get(), exit);
    } else {
      for (JsonNode finding : result.path("findings")) {
        session.paper().data(session.paper().style().safe(finding.asText()));
      }
      CheckText.say(
          session,
          result.path("backups").asInt(),
          result.path("blocks").asInt(),
          result.path("bytesRead").asLong(),
          result.path("findingsInAll").asInt());
    }
    return exit;
  }
}
