package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a download job is. The last record of a job is always sent.
 *
 * @param requestId requestId
 * @param model model
 * @param location location
 * @param commit commit
 * @param state state
 * @param attempt attempt
 * @param sequence only rises
 * @param holder who works on it
 * @param totalBytes totalBytes
 * @param doneBytes durably on disk
 * @param reusedBytes were here already
 * @param fetchedBytes came over the network
 * @param filesTotal filesTotal
 * @param filesDone filesDone
 * @param rateBytesPerSecond rateBytesPerSecond
 * @param etaSeconds etaSeconds
 * @param inFlight files being transferred right now, at most 16; for bars
 * @param waitingFor waitingFor
 * @param plan in state planned
 * @param error error
 * @param requestIds all that share the job
 * @param updatedAt updatedAt
 */
public record DownloadProgressed(
    RequestId requestId,
    ModelName model,
    LocationName location,
    Optional<CommitId> commit,
    DownloadState state,
    @JsonProperty(required = true) int attempt,
    @JsonProperty(required = true) long sequence,
    String holder,
    @JsonProperty(required = true) long totalBytes,
    @JsonProperty(required = true) long doneBytes,
    @JsonProperty(required = true) long reusedBytes,
    @JsonProperty(required = true) long fetchedBytes,
    @JsonProperty(required = true) int filesTotal,
    @JsonProperty(required = true) int filesDone,
    Optional<Long> rateBytesPerSecond,
    Optional<Long> etaSeconds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FileInFlight> inFlight,
    Optional<WaitingFor> waitingFor,
    Optional<DownloadPlan> plan,
    Optional<Problem> error,
    List<RequestId> requestIds,
    Instant updatedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public DownloadProgressed {
    Components.required(requestId, "requestId");
    Components.required(model, "model");
    Components.required(location, "location");
    commit = Components.optional(commit);
    Components.required(state, "state");
    Components.notNegative(attempt, "attempt");
    Components.notNegative(sequence, "sequence");
    Components.required(holder, "holder");
    Components.notNegative(totalBytes, "totalBytes");
    Components.notNegative(doneBytes, "doneBytes");
    Components.notNegative(reusedBytes, "reusedBytes");
    Components.notNegative(fetchedBytes, "fetchedBytes");
    Components.notNegative(filesTotal, "filesTotal");
    Components.notNegative(filesDone, "filesDone");
    rateBytesPerSecond = Components.optional(rateBytesPerSecond);
    etaSeconds = Components.optional(etaSeconds);
    inFlight = Components.list(inFlight);
    waitingFor = Components.optional(waitingFor);
    plan = Components.optional(plan);
    error = Components.optional(error);
    requestIds = Components.list(requestIds);
    Components.required(updatedAt, "updatedAt");
  }
}
