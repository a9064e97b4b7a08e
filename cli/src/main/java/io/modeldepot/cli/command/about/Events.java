package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.EventStream;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.client.ServerEvent;
import io.modeldepot.cli.command.AtMost;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code events}: the topics, as they happen. */
@Command(
    name = "events",
    description = {
      "Shows what happens on the topics, as it happens, until Ctrl-C.",
      "A lost connection is resumed where it broke.",
      "",
      "Examples:",
      "  events --model llama2-7b",
      "  events --topic model-verified,download-failed",
      "  events --filter state=failed --filter 'topic~progressed'",
      "  events --request cli-7QK3Z6M2W4ABCDEF --json | jq .data.state",
      ""
    })
public final class Events implements Work {
  private static final Duration REOPEN_AFTER = Duration.ofSeconds(2);
  private static final int TRIES = 30;

  @Option(names = "--topic", paramLabel = "TOPIC", split = ",", description = "only these topics")
  @Nullable List<String> topics;

  @Option(names = "--model", paramLabel = "NAME", description = "only of this model")
  @Nullable String model;

  @Option(names = "--request", paramLabel = "ID", description = "only of this request")
  @Nullable String request;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = {
        "only what is so: topic~placed, state=failed, problem.code=gated, sizeBytes>30g;",
        "may be repeated, and all must hold"
      })
  @Nullable List<String> filters;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "end after so many events")
  @Nullable Integer limit;

  @Override
  public ExitCode run(Session session) {
    Optional<String> last = Optional.empty();
    int left = limit == null ? Integer.MAX_VALUE : limit;
    AtMost.oneOrMore(left);
    List<EventFilter> wanted =
        filters == null ? List.of() : filters.stream().map(EventFilter::of).toList();
    boolean opened = false;
    int failures = 0;
    while (left > 0) {
      try (EventStream events = session.registry().listen("/events" + query(), last)) {
        opened = true;
        failures = 0;
        for (Optional<ServerEvent> event = events.next();
            event.isPresent() && left > 0;
            event = left > 0 ? events.next() : Optional.empty()) {
          last = Optional.of(event.get().id());
          ServerEvent one = event.get();
          if (!isHeartbeat(one, session) && wanted.stream().allMatch(it -> it.matches(one))) {
            show(event.get(), session);
            left--;
          }
        }
      } catch (IOException e) {
        failures++;
        if (!opened || failures > TRIES) {
          throw session.registry().unreachable(e);
        }
        session.paper().talk("connection lost, resuming");
      }
      if (left > 0) {
        pause();
      }
    }
    return ExitCode.OK;
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    if (topics != null) {
      parts.add(Registry.query("topic", String.join(",", topics)));
    }
    if (model != null) {
      parts.add(Registry.query("model", model));
    }
    if (request != null) {
      parts.add(Registry.query("request", request));
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  /** That a service is still there is for machines, and for who asks for it. */
  private boolean isHeartbeat(ServerEvent event, Session session) {
    return topics == null
        && !session.form().machine()
        && event.topic().equals("service-reported")
        && "ready".equals(event.payload().path("state").asText());
  }

  private static void show(ServerEvent event, Session session) {
    if (session.form().machine()) {
      ObjectNode line =
          Json.object().put("kind", "event").put("topic", event.topic()).put("id", event.id());
      line.set("data", event.payload());
      session.paper().data(Json.line(line));
    } else {
      session.paper().data(EventSentence.of(event, session));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(REOPEN_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
