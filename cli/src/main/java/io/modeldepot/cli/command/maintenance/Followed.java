package io.modeldepot.cli.command.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.CtrlC;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.command.download.RequestIds;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A request to the janitor, asked and followed to its end. */
public final class Followed {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration LINE = Duration.ofSeconds(10);

  private final Session session;
  private final String resource;
  private final ProgressKind kind;
  private Instant lineAt = Instant.EPOCH;
  private String lineState = "";
  private JsonNode shown = Json.object();
  private boolean painted;

  /**
   * @param resource below {@code /api/v1}, for example {@code backups}
   */
  public Followed(Session session, String resource, ProgressKind kind) {
    this.session = session;
    this.resource = resource;
    this.kind = kind;
  }

  /** Asks for something; returns the request as the registry has it. */
  public JsonNode ask(String thing, ObjectNode body) {
    Call call = Call.post("/" + resource, body).with("Idempotency-Key", RequestIds.fresh());
    return session.registry().send(thing, call).body();
  }

  /**
   * Shows how far a request is until it has ended.
   *
   * @return its last record; empty if the person left and it goes on
   */
  public Optional<JsonNode> follow(JsonNode asked) {
    String id = asked.path("id").asText();
    String path = "/" + resource + "/" + Registry.segment(id);
    JsonNode now = asked;
    try (CtrlC ctrlC = new CtrlC()) {
      while (!now.path("final").asBoolean()) {
        show(now);
        if (ctrlC.pressedWithin(LOOK)) {
          clear();
          session.paper().warn("Still running: " + id + " (" + resource + ").");
          session.paper().warn("  Look:  " + session.program() + " backups");
          return Optional.empty();
        }
        now = session.registry().get(resource + " " + id, path);
      }
      clear();
      return Optional.of(now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Prints the last record for machines, with its exit code. */
  public void summary(JsonNode ended, ExitCode exit) {
    session.paper().data(Json.line(line(ended, "summary").put("exit", exit.number())));
  }

  /**
   * What the end means: 0 when it was done, else what its problem says.
   *
   * @throws io.modeldepot.cli.failure.Failure with the problem, if it failed
   */
  public static ExitCode outcome(String thing, JsonNode ended) {
    String state = ended.path("state").asText();
    if (state.equals("done") || state.equals("planned")) {
      return ended.path("result").path("leftOutInAll").asInt() > 0 ? ExitCode.PARTLY : ExitCode.OK;
    }
    JsonNode problem = ended.path("problem");
    throw Problems.failure(
        thing,
        problem.isObject()
            ? problem
            : Json.object().put("code", "expired").put("title", "It was too old to be begun"),
        0);
  }

  private boolean machine() {
    return kind == ProgressKind.JSON || (kind == ProgressKind.AUTO && session.form().machine());
  }

  private void show(JsonNode now) {
    if (machine()) {
      if (!now.equals(shown)) {
        shown = now;
        session.paper().data(Json.line(line(now, "progress")));
      }
      return;
    }
    if (kind == ProgressKind.NONE || session.paper().quiet()) {
      return;
    }
    if (kind != ProgressKind.LINES && session.paper().terminal().animated()) {
      session.paper().paint("\r\u001b[2K" + text(now));
      painted = true;
      return;
    }
    Instant at = session.clock().instant();
    String state = now.path("state").asText();
    if (!state.equals(lineState) || !at.isBefore(lineAt.plus(LINE))) {
      lineState = state;
      lineAt = at;
      session.paper().talk(at.truncatedTo(ChronoUnit.SECONDS) + " " + text(now));
    }
  }

  private void clear() {
    if (painted) {
      session.paper().paint("\r\u001b[2K");
      painted = false;
    }
  }

  private String text(JsonNode now) {
    long total = now.path("totalBytes").asLong();
    long done = now.path("doneBytes").asLong();
    String state = now.path("state").asText();
    String what = resource.substring(0, resource.length() - (resource.endsWith("s") ? 1 : 0));
    String why = now.path("problem").path("detail").asText("");
    return what
        + " "
        + session.paper().talkStyle().safe(state)
        + (total > 0 ? "  " + Human.percent(done, total) + "  " + Human.bytesOf(done, total) : "")
        + (why.isEmpty() ? "" : "  " + session.paper().talkStyle().safe(why));
  }

  private static ObjectNode line(JsonNode record, String kind) {
    ObjectNode line = Json.object().put("kind", kind).put("requestId", record.path("id").asText());
    record
        .fields()
        .forEachRemaining(
            f -> line.set(f.getKey().equals("kind") ? "work" : f.getKey(), f.getValue()));
    return line;
  }
}
