package io.modeldepot.cli.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Paper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line per record of a job, its fields unchanged plus {@code "kind":"progress"}. The summary is
 * the command's to write.
 */
public final class JsonLines implements ProgressView {
  private final Paper paper;
  private final Map<String, Job> shown = new HashMap<>();

  public JsonLines(Paper paper) {
    this.paper = paper;
  }

  @Override
  public void show(List<Job> jobs) {
    for (Job job : jobs) {
      Job before = shown.put(job.id(), job);
      if (!job.ended() && (before == null || !before.record().equals(job.record()))) {
        paper.data(Json.line(line(job, "progress")));
      }
    }
  }

  /**
   * A record as a line: its own fields under a kind. {@code requestId} is always there, whether the
   * record came as an event or as a resource.
   */
  public static ObjectNode line(Job job, String kind) {
    ObjectNode line = Json.object().put("kind", kind).put("requestId", job.id());
    job.record().fields().forEachRemaining(f -> line.set(f.getKey(), f.getValue()));
    return line;
  }

  @Override
  public void end(List<Job> jobs) {
    show(jobs);
  }
}
