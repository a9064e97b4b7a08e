package io.modeldepot.janitor.archive;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.archive.ArchivedVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of archiving, as the final record carries it. */
final class ArchiveResult {
  private final String verb;
  private final ModelName model;
  private final List<Map<String, Object>> done = new ArrayList<>();
  private final List<Map<String, Object>> kept = new ArrayList<>();
  private long rawBytes;
  private long archivedBytes;

  /**
   * @param verb the name of the list of what was done: {@code archived} or {@code restored}
   */
  ArchiveResult(String verb, ModelName model) {
    this.verb = verb;
    this.model = model;
  }

  void done(ArchivedVersion version) {
    Map<String, Object> row = row(version.manifest().commit());
    row.put("bytes", version.rawBytes());
    row.put("archiveBytes", version.archivedBytes());
    done.add(row);
    rawBytes += version.rawBytes();
    archivedBytes += version.archivedBytes();
  }

  void planned(CommitId commit, long bytes) {
    Map<String, Object> row = row(commit);
    row.put("bytes", bytes);
    done.add(row);
    rawBytes += bytes;
  }

  void kept(CommitId commit, String reason) {
    Map<String, Object> row = row(commit);
    row.put("reason", reason);
    kept.add(row);
  }

  boolean isEmpty() {
    return done.isEmpty();
  }

  Map<String, Object> planned() {
    Map<String, Object> result = lists();
    result.put("totalBytes", rawBytes);
    return result;
  }

  Map<String, Object> map() {
    Map<String, Object> result = lists();
    result.put("totalBytes", rawBytes);
    result.put("archiveBytes", archivedBytes);
    result.put("savedBytes", Math.max(0, rawBytes - archivedBytes));
    if (!done.isEmpty()) {
      // The downloader announces these again.
      result.put("models", List.of(model.value()));
    }
    return result;
  }

  private Map<String, Object> lists() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(verb, List.copyOf(done));
    result.put("kept", List.copyOf(kept));
    return result;
  }

  private Map<String, Object> row(CommitId commit) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("what", model + "@" + commit.value().substring(0, 7));
    row.put("commit", commit.value());
    return row;
  }
}
