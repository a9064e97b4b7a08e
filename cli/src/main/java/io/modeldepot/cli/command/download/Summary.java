package io.modeldepot.cli.command.download;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one line on stdout that says what a finished job brought, or what a planned one would. */
final class Summary {
  private Summary() {}

  static String line(Job job, Paper paper, String program) {
    Style style = paper.style();
    String name = style.safe(job.model()) + " " + style.safe(job.revision());
    if (job.record().path("plan").isObject()) {
      return name + "  " + plan(job.record().path("plan"), style);
    }
    if (job.totalBytes() == 0) {
      return name + " " + style.good("verified") + ", was here already, nothing fetched";
    }
    List<String> facts = new ArrayList<>();
    if (job.filesTotal() > 0) {
      facts.add(style.good("verified") + " " + Human.count(job.filesTotal(), "file", "files"));
    }
    facts.add(Human.bytes(job.fetchedBytes()) + " fetched");
    if (job.reusedBytes() > 0) {
      facts.add(Human.bytes(job.reusedBytes()) + " reused");
    }
    span(job.record()).ifPresent(facts::add);
    return name + " " + String.join(", ", facts);
  }

  private static String plan(JsonNode plan, Style style) {
    List<String> facts = new ArrayList<>();
    long fetch = plan.path("fetchBytes").asLong();
    long reused = plan.path("reusedBytes").asLong();
    facts.add(
        Human.bytes(fetch + reused)
            + " in "
            + Human.count(plan.path("files").size(), "file", "files"));
    facts.add(
        reused == 0
            ? "all to fetch"
            : Human.bytes(fetch) + " to fetch (" + Human.bytes(reused) + " already here)");
    if (plan.hasNonNull("licence")) {
      facts.add(style.safe(plan.path("licence").asText()));
    }
    String gated = plan.path("gated").asText("");
    if (!gated.isEmpty() && !"false".equals(gated)) {
      facts.add("gated (" + style.safe(gated) + ")");
    }
    facts.add(Human.bytes(plan.path("freeAfterBytes").asLong()) + " free after");
    return String.join(style.dot(), facts);
  }

  private static Optional<String> span(JsonNode record) {
    try {
      Instant from = Instant.parse(record.path("createdAt").asText());
      Instant to =
          Instant.parse(record.path("finishedAt").asText(record.path("updatedAt").asText()));
      return Optional.of(Human.span(Math.max(0, Duration.between(from, to).toSeconds())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
