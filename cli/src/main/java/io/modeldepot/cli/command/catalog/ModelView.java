package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Times;
import java.time.Instant;

/** A catalog entry as a row. */
final class ModelView {
  private ModelView() {}

  /** Cells for the columns of {@link ListModels}. */
  static Row row(JsonNode model, Instant now) {
    JsonNode current = model.path("current");
    String name = model.path("model").asText();
    String state = model.path("state").asText("-");
    boolean here = current.isObject();
    JsonNode newer = model.path("newer");
    return Row.of(
            name,
            name,
            here ? shortCommit(current.path("commit").asText()) : "-",
            newer.path("waits").asBoolean() ? state + ", update waits" : state,
            here ? Human.bytes(current.path("sizeBytes").asLong()) : "-",
            here ? Times.age(current.path("verifiedAt"), now) : "-",
            here ? current.path("verifiedBy").asText("-") : "-",
            model.path("family").asText("-"),
            model.path("versions").asText("-"),
            model.hasNonNull("pin") ? shortCommit(model.path("pin").asText()) : "-",
            model.path("licence").asText("-"),
            model.path("repository").asText("-"),
            current.path("signature").asText("-"),
            current.path("upstreamSignature").asText("-"),
            current.path("scan").asText("-"),
            newer.isObject() ? shortCommit(newer.path("commit").asText()) : "-",
            model.hasNonNull("lastUsedAt") ? Times.age(model.path("lastUsedAt"), now) : "-")
        .exactly(
            name,
            current.path("commit").asText(""),
            state,
            here ? current.path("sizeBytes").asText("") : "",
            current.path("verifiedAt").asText(""),
            current.path("verifiedBy").asText(""),
            model.path("family").asText(""),
            model.path("versions").asText(""),
            model.path("pin").asText(""),
            model.path("licence").asText(""),
            model.path("repository").asText(""),
            current.path("signature").asText(""),
            current.path("upstreamSignature").asText(""),
            current.path("scan").asText(""),
            newer.path("commit").asText(""),
            model.path("lastUsedAt").asText(""))
        .marked(mark(state));
  }

  static Mark mark(String state) {
    return switch (state) {
      case "active" -> Mark.GOOD;
      case "damaged" -> Mark.BAD;
      case "orphan" -> Mark.WARN;
      case "absent", "archived", "removed" -> Mark.FAINT;
      default -> Mark.PLAIN;
    };
  }

  static String shortCommit(String commit) {
    return commit.substring(0, Math.min(7, commit.length()));
  }
}
