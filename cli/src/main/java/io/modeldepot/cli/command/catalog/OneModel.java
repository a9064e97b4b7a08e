package io.modeldepot.cli.command.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.UpstreamText;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing;
import io.modeldepot.cli.output.Listing.Row;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.output.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code status NAME}: all about one model. */
final class OneModel {
  private static final Set<String> FAILED = Set.of("failed", "expired");
  private static final int MOST_VERSIONS = 500;

  private final Session session;
  private final String name;

  OneModel(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  ExitCode print(boolean exitCode) {
    String path = "/models/" + Registry.segment(name);
    JsonNode model = session.registry().get(name, path);
    session.names().add(List.of(name));
    ArrayNode versions = session.registry().items(name, path + "/versions", MOST_VERSIONS);
    if (session.form().forPeople()) {
      people(model, versions);
    } else {
      ObjectNode all = model.deepCopy();
      all.set("versionList", versions);
      session.paper().print(new Listing(VersionRows.columns(), rows(versions), all, ""));
    }
    boolean bad = "damaged".equals(model.path("state").asText());
    return exitCode && (bad || !model.path("current").isObject()) ? ExitCode.NO : ExitCode.OK;
  }

  private void people(JsonNode model, ArrayNode versions) {
    Paper paper = session.paper();
    Style style = paper.style();
    Instant now = session.clock().instant();
    String state = model.path("state").asText();
    paper.data(
        style.bold(style.safe(model.path("model").asText()))
            + "  "
            + style.marked(ModelView.mark(state), style.safe(state))
            + (model.path("active").asBoolean() && !"active".equals(state)
                ? " (wanted active)"
                : ""));
    fact(paper, "what", model.path("displayName").asText("") + dash(model.path("useCase")));
    fact(paper, "from", model.path("repository").asText("") + dash(model.path("licence")));
    fact(paper, "weights", weights(model));
    JsonNode current = model.path("current");
    if (current.isObject()) {
      String age = Times.age(current.path("verifiedAt"), now);
      fact(paper, "current", current.path("commit").asText());
      fact(
          paper,
          "verified",
          (age.equals("now") ? "just now" : age + " ago")
              + " by "
              + current.path("verifiedBy").asText("?")
              + ", "
              + Human.count(current.path("fileCount").asLong(), "file", "files")
              + ", "
              + Human.bytes(current.path("sizeBytes").asLong()));
      fact(paper, "path", current.path("path").asText());
      trust(paper, versions);
    } else {
      fact(paper, "current", "none here");
    }
    fact(paper, "pinned", model.path("pin").asText(""));
    fact(
        paper,
        "keeps",
        model.path("keepVersions").asText("")
            + " versions, update "
            + model.path("update").asText("manual"));
    fact(paper, "newer", newer(model.path("newer"), now));
    if (model.path("spread").isObject() || model.path("locations").size() > 1) {
      fact(paper, "spread", Spread.said(model));
    }
    JsonNode download = model.path("download");
    if (download.isObject()) {
      fact(paper, "download", download.path("id").asText() + " " + download.path("state").asText());
      failure(download).forEach(line -> paper.data(line));
    }
    if (!versions.isEmpty()) {
      paper.data("");
      paper.print(new Listing(VersionRows.columns(), rows(versions), versions, ""));
    } else if (!current.isObject()) {
      paper.talk("Next:  " + session.program() + " download " + name);
    }
  }

  /** What is known of the current version's signature, and what loading it would run. */
  private static void trust(Paper paper, ArrayNode versions) {
    for (JsonNode version : versions) {
      if (version.path("current").asBoolean()) {
        JsonNode signer = version.path("signature").path("signer");
        String by = signer.isTextual() ? ", key " + ModelView.shortCommit(signer.asText()) : "";
        fact(paper, "signature", version.path("signature").path("status").asText("") + by);
        fact(paper, "upstream", UpstreamText.of(version.path("upstreamSignature")));
        List<String> findings = new ArrayList<>();
        version.path("scan").path("findings").forEach(it -> findings.add(it.asText()));
        String why = findings.isEmpty() ? "" : ": " + String.join(" ", findings);
        fact(paper, "scan", version.path("scan").path("status").asText("") + why);
        return;
      }
    }
  }

  /** What the branch has since, as it was last looked at; empty where nothing is known of it. */
  private String newer(JsonNode newer, Instant now) {
    if (!newer.isObject()) {
      return "";
    }
    String age = Times.age(newer.path("seenAt"), now);
    return ModelView.shortCommit(newer.path("commit").asText())
        + ", seen "
        + (age.equals("now") ? "just now" : age + " ago")
        + (newer.path("waits").asBoolean()
            ? "; waits for your yes:  " + session.program() + " update " + name + " --yes"
            : "");
  }

  /** Why the last download did not bring anything, and what would help; empty where it did. */
  private List<String> failure(JsonNode download) {
    if (!FAILED.contains(download.path("state").asText())) {
      return List.of();
    }
    JsonNode problem =
        session
            .registry()
            .find(name, "/downloads/" + Registry.segment(download.path("id").asText()))
            .map(job -> job.path("problem"))
            .orElseGet(Json::object);
    if (!problem.isObject() || problem.isEmpty()) {
      return List.of();
    }
    return FailureText.lines(
        Problems.failure(name, problem, 0), session.paper().style(), session.program());
  }

  private static String weights(JsonNode model) {
    JsonNode profile = model.path("modelProfile");
    List<String> facts = new ArrayList<>();
    if (profile.hasNonNull("architecture")) {
      facts.add(profile.path("architecture").asText());
    }
    if (profile.hasNonNull("parameters")) {
      facts.add(parameters(profile.path("parameters").asLong()));
    }
    profile
        .path("tensorBytes")
        .fields()
        .forEachRemaining(e -> facts.add(e.getKey() + " " + Human.bytes(e.getValue().asLong())));
    if (profile.hasNonNull("contextTokens")) {
      facts.add("context " + profile.path("contextTokens").asLong());
    }
    return String.join(", ", facts);
  }

  private static String parameters(long count) {
    return count >= 1_000_000_000
        ? String.format(java.util.Locale.ROOT, "%.2f B parameters", count / 1e9)
        : String.format(java.util.Locale.ROOT, "%.1f M parameters", count / 1e6);
  }

  private static String dash(JsonNode more) {
    return more.asText("").isEmpty() ? "" : ", " + more.asText();
  }

  private static void fact(Paper paper, String label, String value) {
    if (!value.isBlank() && !value.startsWith(", ")) {
      String safe = paper.style().safe(value);
      paper.data("  " + paper.style().faint(label + " ".repeat(10 - label.length())) + safe);
    }
  }

  private List<Row> rows(ArrayNode versions) {
    return VersionRows.rows(versions, session.clock().instant());
  }
}
