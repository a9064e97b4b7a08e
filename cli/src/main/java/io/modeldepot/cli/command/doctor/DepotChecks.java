package io.modeldepot.cli.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The running depot, as the registry sees it: services, broker, database, audit, clock. */
final class DepotChecks implements Checks {
  private static final Duration CLOCK_WARNS = Duration.ofSeconds(5);
  private static final Duration CLOCK_STOPS = Duration.ofHours(1);

  private final Session session;

  DepotChecks(Session session) {
    this.session = session;
  }

  @Override
  public List<Verdict> look() {
    List<Verdict> verdicts = new ArrayList<>();
    JsonNode status;
    try {
      status = session.registry().get("status", "/status");
    } catch (Failure e) {
      String fix = "depot-unreachable".equals(e.code()) ? "Start it, in the checkout: make up" : "";
      verdicts.add(Verdict.bad("services", e.headline() + " (" + e.why() + ")", e.code(), fix));
      verdicts.add(Verdict.unseen("kafka", "seen through the registry only"));
      verdicts.add(Verdict.unseen("database", "seen through the registry only"));
      return verdicts;
    }
    verdicts.add(
        Verdict.good(
            "services",
            "registry "
                + status.path("version").asText("")
                + " at "
                + session.registry().address().value()));
    services(status, verdicts);
    kafka(status, verdicts);
    database(verdicts);
    clock(status, verdicts);
    return verdicts;
  }

  private static void services(JsonNode status, List<Verdict> verdicts) {
    for (JsonNode service : status.path("services")) {
      String instance = service.path("instance").asText(service.path("service").asText());
      String state = service.path("state").asText("");
      if (!service.path("up").asBoolean()) {
        verdicts.add(
            Verdict.bad(
                "services",
                instance
                    + " was last heard of "
                    + Human.span(service.path("ageSeconds").asLong())
                    + " ago",
                "",
                "Start it again; make up starts all of them"));
      } else if ("degraded".equals(state)) {
        verdicts.add(
            Verdict.warn(
                "services",
                instance + " is degraded: " + service.path("detail").asText(""),
                "",
                ""));
      } else {
        verdicts.add(Verdict.good("services", instance + " " + state));
      }
    }
  }

  private static void kafka(JsonNode status, List<Verdict> verdicts) {
    long pending = status.path("outbox").path("pending").asLong();
    long lag = 0;
    boolean told = false;
    for (JsonNode service : status.path("services")) {
      lag += service.path("lagRecords").asLong();
      told |= service.has("lagRecords");
    }
    if (!status.path("broker").path("connected").asBoolean(true)) {
      verdicts.add(
          Verdict.bad("kafka", "the registry cannot reach the broker", "broker-unavailable", ""));
    } else if (pending > 0 && status.path("outbox").path("oldestSeconds").asLong() > 60) {
      verdicts.add(
          Verdict.warn(
              "kafka",
              Human.count(pending, "event waits", "events wait") + " to be sent for over a minute",
              "broker-unavailable",
              ""));
    } else {
      verdicts.add(Verdict.good("kafka", told ? "connected, lag " + lag : "connected"));
    }
  }

  private void database(List<Verdict> verdicts) {
    try {
      JsonNode audit = session.registry().get("audit", "/audit/verify");
      if (audit.path("intact").asBoolean()) {
        verdicts.add(
            Verdict.good(
                "database", "audit trail whole, " + audit.path("records").asLong() + " records"));
      } else {
        JsonNode broken = audit.path("firstBroken");
        verdicts.add(
            Verdict.bad(
                "database",
                "audit trail broken at record "
                    + broken.path("seq").asText("?")
                    + ": "
                    + broken.path("reason").asText(""),
                "altered",
                "audit --verify"));
      }
    } catch (Failure e) {
      verdicts.add(Verdict.bad("database", e.headline(), e.code(), ""));
    }
  }

  private void clock(JsonNode status, List<Verdict> verdicts) {
    Instant here = session.clock().instant();
    Times.of(status.path("at"))
        .ifPresent(
            there -> {
              Duration off = Duration.between(there, here).abs();
              String says =
                  String.format(java.util.Locale.ROOT, "%.1f s", off.toMillis() / 1000.0)
                      + " from the registry's";
              if (off.compareTo(CLOCK_STOPS) > 0) {
                verdicts.add(
                    Verdict.bad("clock", says, "", "Set the clocks: timedatectl set-ntp true"));
              } else if (off.compareTo(CLOCK_WARNS) > 0) {
                verdicts.add(
                    Verdict.warn("clock", says, "", "Set the clocks: timedatectl set-ntp true"));
              } else {
                verdicts.add(Verdict.good("clock", says));
              }
            });
  }
}
