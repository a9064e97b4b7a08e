package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Watching;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: what needs attention first, then everything else in a few lines. */
@Command(
    name = "status",
    description = {
      "What needs attention first, then everything else.",
      "With NAME: all about one model.",
      "",
      "Examples:",
      "  status",
      "  status llama2-7b",
      "  status --exit-code && echo fine      1 when something needs attention, for cron and probes",
      "  status --watch                       again whenever it changes, until Ctrl-C",
      ""
    })
public final class Status implements Work {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "one model")
  @Nullable String name;

  @Option(names = "--exit-code", description = "1 when something needs attention")
  boolean exitCode;

  @Mixin Watching watching = new Watching();

  @Override
  public ExitCode run(Session session) {
    return watching.run(session, this::answer);
  }

  private ExitCode answer(Session session) {
    if (name != null) {
      return new OneModel(session, Named.alone(name, "status").model()).print(exitCode);
    }
    JsonNode status = session.registry().get("status", "/status");
    PlacementNotes placement = PlacementNotes.of(session);
    if (status instanceof ObjectNode all) {
      all.withArray("attention").addAll(placement.attention());
    }
    JsonNode attention = status.path("attention");
    if (session.form().forPeople() && !session.paper().quiet()) {
      people(status, session);
      Style style = session.paper().style();
      placement
          .changed(session.clock().instant())
          .forEach(line -> session.paper().data(style.safe(line)));
    } else if (session.form().machine()) {
      session.paper().machine(status);
    } else {
      attention.forEach(
          a -> session.paper().data(session.paper().style().safe(a.path("object").asText())));
    }
    return exitCode && !attention.isEmpty() ? ExitCode.NO : ExitCode.OK;
  }

  private static void people(JsonNode status, Session session) {
    Paper paper = session.paper();
    Style style = paper.style();
    JsonNode attention = status.path("attention");
    if (attention.isEmpty()) {
      paper.data("Nothing needs you.");
    } else {
      int n = attention.size();
      paper.data(n + (n == 1 ? " needs attention" : " need attention"));
      attention.forEach(a -> paper.data(attention(a, style, session.program())));
    }
    paper.data(String.join(style.dot(), services(status, style)));
    paper.data(models(status, style));
    status.path("storage").forEach(s -> paper.data(disk(s, style)));
  }

  private static String attention(JsonNode item, Style style, String program) {
    Mark mark = "error".equals(item.path("severity").asText()) ? Mark.BAD : Mark.WARN;
    StringBuilder line = new StringBuilder("  " + style.sign(mark) + " ");
    line.append(style.safe(item.path("say").asText()));
    line.append("   ").append(style.faint(style.safe(item.path("code").asText())));
    for (JsonNode remedy : item.path("remedies")) {
      String cli = remedy.path("cli").asText("");
      String say = cli.isEmpty() ? remedy.path("say").asText() : program + " " + cli;
      line.append("\n      ").append(style.arrow()).append(' ').append(style.safe(say));
    }
    return line.toString();
  }

  private static List<String> services(JsonNode status, Style style) {
    int up = 0;
    long lag = 0;
    boolean told = false; // nobody who says nothing is taken for one who has nothing to do
    List<String> down = new ArrayList<>();
    for (JsonNode service : status.path("services")) {
      if (service.path("up").asBoolean()) {
        up++;
      } else {
        down.add(style.safe(service.path("instance").asText()) + " down");
      }
      lag += service.path("lagRecords").asLong();
      told |= service.has("lagRecords");
    }
    List<String> facts = new ArrayList<>();
    facts.add("Services " + up + "/" + status.path("services").size() + " up");
    down.forEach(d -> facts.add(style.bad(d)));
    boolean kafka = status.path("broker").path("connected").asBoolean(true);
    if (!kafka) {
      facts.add(style.bad("Kafka not connected"));
    } else if (told) {
      facts.add("Kafka lag " + lag);
    }
    long pending = status.path("outbox").path("pending").asLong();
    if (pending > 0) {
      facts.add(style.warn(pending + " events wait to be sent"));
    }
    if (status.path("audit").has("records")) {
      facts.add("audit " + status.path("audit").path("records").asLong() + " records");
    }
    return facts;
  }

  private static String models(JsonNode status, Style style) {
    JsonNode models = status.path("models");
    JsonNode downloads = status.path("downloads");
    List<String> facts = new ArrayList<>();
    facts.add(
        "Models "
            + models.path("present").asLong()
            + " here of "
            + models.path("catalog").asLong()
            + " in the catalog, "
            + models.path("active").asLong()
            + " active");
    facts.add(
        Human.count(models.path("versions").asLong(), "version", "versions")
            + ", "
            + Human.bytes(models.path("bytes").asLong()));
    if (models.path("damaged").asLong() > 0) {
      facts.add(style.bad(models.path("damaged").asLong() + " damaged"));
    }
    if (models.path("orphans").asLong() > 0) {
      facts.add(style.warn(Human.count(models.path("orphans").asLong(), "orphan", "orphans")));
    }
    long updates = models.path("updatesWaiting").asLong();
    if (updates > 0) {
      facts.add(
          style.warn(
              Human.count(updates, "update waits", "updates wait") + " for your yes: update"));
    }
    facts.add(
        "downloads "
            + downloads.path("running").asLong()
            + " running, "
            + downloads.path("waiting").asLong()
            + " waiting");
    return String.join(style.dot(), facts);
  }

  private static String disk(JsonNode storage, Style style) {
    long capacity = storage.path("capacityBytes").asLong();
    long free = storage.path("freeBytes").asLong();
    List<String> facts = new ArrayList<>();
    facts.add(
        "Disk "
            + style.safe(storage.path("location").asText())
            + " "
            + Human.percent(capacity - free, capacity)
            + " of "
            + Human.bytes(capacity));
    facts.add(Human.bytes(free) + " free");
    long reserved = storage.path("reservedBytes").asLong();
    if (reserved > 0) {
      facts.add(Human.bytes(reserved) + " reserved for downloads");
    }
    return String.join(style.dot(), facts);
  }
}
