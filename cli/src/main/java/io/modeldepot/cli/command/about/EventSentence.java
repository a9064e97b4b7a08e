package io.modeldepot.cli.command.about;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.ServerEvent;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.placement.ChangeText;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.Job;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * An event in one line: when, topic, what it says. Topics this build does not know show their
 * payload.
 */
final class EventSentence {
  private static final List<String> TIMES =
      List.of("updatedAt", "verifiedAt", "reportedAt", "at", "lastAt", "decidedAt", "checkedAt");

  private EventSentence() {}

  static String of(ServerEvent event, Session session) {
    Style style = session.paper().style();
    JsonNode p = event.payload();
    String topic = event.topic() + " ".repeat(Math.max(0, 20 - event.topic().length()));
    return when(p, session)
        + "  "
        + style.bold(style.safe(topic))
        + "  "
        + style.safe(words(event, p));
  }

  private static String when(JsonNode p, Session session) {
    for (String field : TIMES) {
      String text = p.path(field).asText("");
      if (text.length() >= 19) {
        return session.paper().style().safe(text.substring(0, 19) + "Z");
      }
    }
    return session.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String words(ServerEvent event, JsonNode p) {
    if (!p.isObject()) {
      return "forgotten";
    }
    String model = p.path("model").asText("");
    return switch (event.topic()) {
      case "download-requested" ->
          p.path("action").asText("download") + " " + text(p, "model", "repository") + at(p);
      case "download-progressed" -> progress(Job.of(p));
      case "download-failed" ->
          model
              + ": "
              + p.path("problem").path("code").asText()
              + ", "
              + p.path("problem").path("detail").asText();
      case "model-verified" ->
          model
              + "@"
              + commit(p)
              + " "
              + p.path("state").asText()
              + " at "
              + p.path("location").asText()
              + ", "
              + Human.bytes(p.path("sizeBytes").asLong())
              + ", verified by "
              + p.path("verifiedBy").asText();
      case "model-described" ->
          model
              + (p.path("active").asBoolean() ? " active" : " not active")
              + ", generation "
              + p.path("generation").asText();
      case "model-removed" ->
          model
              + " removed ("
              + p.path("reason").asText()
              + "), "
              + Human.bytes(p.path("freedBytes").asLong());
      case "model-corrupted" ->
          model + "@" + commit(p) + " " + p.path("kind").asText() + ": " + p.path("path").asText();
      case "storage-reported" ->
          p.path("location").asText()
              + " "
              + Human.bytes(p.path("freeBytes").asLong())
              + " free of "
              + Human.bytes(p.path("capacityBytes").asLong());
      case "service-reported" ->
          p.path("instance").asText() + " " + p.path("state").asText() + detail(p);
      case "model-placed" ->
          (ChangeText.isNew(p) ? model + " " + ChangeText.of(p) + ". " : "")
              + model
              + " "
              + p.path("state").asText()
              + ": "
              + p.path("reason").asText();
      case "plan-proposed" ->
          "plan "
              + p.path("plan").asText()
              + " proposed by "
              + p.path("instance").asText()
              + ", "
              + Human.count(p.path("replicas").size(), "replica", "replicas");
      case "placement-due" ->
          p.path("action").asText("replan")
              + (p.hasNonNull("plan") ? " plan " + p.path("plan").asText() : "");
      case "gpu-reported" ->
          p.path("host").asText() + " has " + Human.count(p.path("gpus").size(), "GPU", "GPUs");
      case "engine-reported" -> engines(model, p);
      case "calibration-learnt" ->
          model
              + " on "
              + p.path("gpuName").asText()
              + ": "
              + p.path("engine").asText()
              + " takes "
              + Human.bytes(p.path("fixedBytesPerGpu").asLong())
              + " beside weights and cache";
      case "site-described" -> p.path("key").asText() + " " + Json.line(p.path("value"));
      default -> Json.line(p);
    };
  }

  private static String engines(String model, JsonNode p) {
    List<String> facts = new ArrayList<>();
    for (JsonNode server : p.path("servers")) {
      facts.add(
          server.path("state").asText()
              + " at "
              + server.path("host").asText()
              + "/"
              + server.path("gpus").asText()
              + detail(server));
    }
    return model + " " + (facts.isEmpty() ? "at no inference server" : String.join(", ", facts));
  }

  private static String progress(Job job) {
    List<String> facts = new ArrayList<>();
    facts.add(job.model() + " " + job.phase());
    if (job.totalBytes() > 0) {
      facts.add(Human.percent(job.doneBytes(), job.totalBytes()));
      facts.add(Human.bytesOf(job.doneBytes(), job.totalBytes()));
    }
    if (job.rate() > 0) {
      facts.add(Human.rate(job.rate()));
    }
    return String.join("  ", facts) + "  (" + job.id() + ")";
  }

  private static String text(JsonNode p, String field, String otherwise) {
    return p.path(field).asText(p.path(otherwise).asText("?"));
  }

  private static String at(JsonNode p) {
    return p.hasNonNull("revision") ? "@" + p.path("revision").asText() : "";
  }

  private static String commit(JsonNode p) {
    String commit = p.path("commit").asText();
    return commit.substring(0, Math.min(7, commit.length()));
  }

  private static String detail(JsonNode p) {
    return p.hasNonNull("detail") ? ": " + p.path("detail").asText() : "";
  }
}
