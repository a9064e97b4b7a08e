package io.modeldepot.cli.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.client.Problems;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.command.FailureText;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Paper;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.output.Times;
import io.modeldepot.cli.progress.Job;
import java.time.Instant;

/** Where a download is, and why. */
final class DownloadStory {
  private DownloadStory() {}

  /**
   * The download of that id.
   *
   * @param must whether it is no answer that there is none
   * @return a missing node where there is none
   */
  static JsonNode find(Session session, String id, boolean must) {
    String path = "/downloads/" + Registry.segment(id);
    return must
        ? session.registry().get("download " + id, path)
        : session.registry().find("download " + id, path).orElseGet(() -> Json.read("null"));
  }

  static void tell(Session session, JsonNode download) {
    if (session.form().machine()) {
      session.paper().machine(download);
      return;
    }
    Paper paper = session.paper();
    Style style = paper.style();
    Job job = Job.of(download);
    Instant now = session.clock().instant();
    String since = Times.age(download.path("createdAt"), now);
    paper.data(
        style.sign(mark(job))
            + " "
            + style.bold(style.safe("download " + job.id()))
            + style.safe(" of " + job.model() + at(job) + ": " + means(job)));
    paper.data(
        style.safe(
            "  asked for "
                + (since.equals("now") ? "just now" : since + " ago")
                + " by "
                + download.path("actor").asText("nobody known")
                + " through "
                + download.path("origin").asText("?")));
    if (download.path("source").asText().equals("replica")) {
      paper.data("  a copy: it comes from another location of this site, not from the hub");
    }
    if (job.totalBytes() > 0) {
      paper.data("  " + bytes(job));
    }
    if (download.path("attempt").asInt() > 1) {
      paper.data("  attempt " + download.path("attempt").asInt());
    }
    end(session, job);
  }

  private static void end(Session session, Job job) {
    Paper paper = session.paper();
    if (job.problem().isObject() && !job.problem().isEmpty()) {
      FailureText.lines(
              Problems.failure(job.model(), job.problem(), 0), paper.style(), session.program())
          .forEach(line -> paper.data("  " + line));
    } else if (!job.ended()) {
      paper.talk("Next:  " + session.program() + " watch " + job.id());
    }
  }

  private static String at(Job job) {
    return job.revision().isEmpty() ? "" : "@" + job.revision();
  }

  private static String bytes(Job job) {
    return Human.bytesOf(job.doneBytes(), job.totalBytes())
        + " ("
        + Human.percent(job.doneBytes(), job.totalBytes())
        + "), "
        + Human.bytes(job.reusedBytes())
        + " of it was here already"
        + (job.rate() > 0 && !job.ended() ? ", " + Human.rate(job.rate()) : "")
        + (job.etaSeconds() >= 0 && !job.ended()
            ? ", " + Human.span(job.etaSeconds()) + " left"
            : "");
  }

  private static String means(Job job) {
    return switch (job.state()) {
      case REQUESTED -> "asked for; no downloader has taken it yet";
      case WAITING -> waits(job.waitingFor());
      case RESOLVING -> "the hub is asked which commit the revision means";
      case CHECKING -> "space, licence, gate and names are checked before a byte is fetched";
      case TRANSFERRING -> "its files come in and are verified";
      case PUBLISHING -> "all is verified; it becomes the current version";
      case ANNOUNCING -> "it is here; the depot is being told";
      case JOINED -> "another download brings the same commit; it ends with that one";
      case PLANNED -> "it was only planned, and nothing was fetched";
      case DONE -> "done, verified, and the current version then";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled; what came in whole is used by the next one";
      case EXPIRED -> "nobody began it in time, so it never will be";
      case UNKNOWN -> "in a state that this command does not know";
    };
  }

  private static String waits(String what) {
    return switch (what) {
      case "hub" -> "it waits for the hub, which is away or wants fewer requests, and tries again";
      case "space" -> "it waits for space on the volume, and goes on by itself";
      case "slot" -> "it waits for its turn: so many go on at a time";
      case "catalog" -> "it waits for the model's entry in the catalog";
      default -> "it waits" + (what.isEmpty() ? "" : " for " + what);
    };
  }

  private static Mark mark(Job job) {
    return switch (job.state()) {
      case FAILED -> Mark.BAD;
      case WAITING, CANCELLED, EXPIRED, UNKNOWN -> Mark.WARN;
      default -> Mark.GOOD;
    };
  }
}
