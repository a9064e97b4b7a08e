package io.modeldepot.cli.command.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Call;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.progress.WorkBar;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Work of a janitor, asked for and waited for. */
public final class Waited {
  private static final Duration BETWEEN = Duration.ofMillis(250);
  private static final Duration UNTIL_A_WORD = Duration.ofSeconds(10);

  private final Session session;
  private final Duration patience;
  private final String work;

  Waited(Session session, Duration patience) {
    this(session, patience, "cleanups");
  }

  /**
   * Work of another kind.
   *
   * @param work the resource, for example {@code integrity}
   */
  public Waited(Session session, Duration patience, String work) {
    this.session = session;
    this.patience = patience;
    this.work = work;
  }

  /**
   * Asks, and returns what came of it.
   *
   * @throws Failure when it failed, or went on for longer than anybody waits
   */
  public JsonNode end(String thing, ObjectNode body) {
    return end(thing, session.registry().send(thing, Call.post("/" + work, body)).body());
  }

  /**
   * Waits for what was asked for already.
   *
   * @param asked as it was when it was last looked at
   * @throws Failure when it failed, or went on for longer than anybody waits
   */
  public JsonNode end(String thing, JsonNode asked) {
    JsonNode now = asked;
    String id = now.path("id").asText();
    Instant begun = session.clock().instant();
    boolean told = false;
    WorkBar bar = new WorkBar(session.paper(), session.clock(), thing);
    while (!now.path("final").asBoolean()) {
      Duration waited = Duration.between(begun, session.clock().instant());
      if (waited.compareTo(patience) > 0) {
        bar.clear();
        throw Failure.of(ExitCode.WAITED_TOO_LONG, "", thing + ": it is not done yet")
            .because("request " + id + " is " + now.path("state").asText() + ", and goes on")
            .tryThis(Try.command("events --request " + id));
      }
      if (!told && waited.compareTo(UNTIL_A_WORD) > 0) {
        bar.clear();
        session.paper().talk(word(id, now));
        told = true;
      }
      bar.show(now);
      LockSupport.parkNanos(BETWEEN.toNanos());
      now = session.registry().get(thing, "/" + work + "/" + Registry.segment(id));
    }
    bar.clear();
    return good(thing, now);
  }

  private static String word(String id, JsonNode now) {
    String why = now.at("/problem/detail").asText("");
    return "accepted".equals(now.path("state").asText())
        ? "no janitor has taken request " + id + " yet; see  status"
        : "request " + id + " is " + now.path("state").asText() + (why.isEmpty() ? "" : ": " + why);
  }

  private static JsonNode good(String thing, JsonNode end) {
    return switch (end.path("state").asText()) {
      case "failed" ->
          throw Problems.failure(end.at("/asked/model").asText(thing), end.path("problem"), 0);
      case "expired" ->
          throw Failure.of(ExitCode.WAITED_TOO_LONG, "expired", thing + ": it was never begun")
              .because("what nobody begins within an hour is not done any more");
      default -> end;
    };
  }
}
