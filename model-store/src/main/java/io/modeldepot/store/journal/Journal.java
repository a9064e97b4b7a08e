package io.modeldepot.store.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Selection;
import io.modeldepot.events.terms.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code downloads/<id>.json}: everything another process needs to go on with a job.
 *
 * @param format 1
 * @param requestId the job
 * @param requestIds every request that this job answers; the job's own first
 * @param command what was asked
 * @param model the model
 * @param location the location
 * @param family once the catalog told it
 * @param repository once resolved
 * @param revision what was asked for, once resolved
 * @param commit what it was resolved to
 * @param state where the job is
 * @param waitingFor why it waits
 * @param joinedTo the job that does the work, in state joined
 * @param attempt attempts spent
 * @param sequence only rises
 * @param holder who wrote this last
 * @param totalBytes of the selected files
 * @param doneBytes reused or fetched and written
 * @param reusedBytes that were on the volume
 * @param fetchedBytes that came over the network, those thrown away included
 * @param files once checked
 * @param retryAt in state waiting
 * @param problem in state failed, and the last one while waiting
 * @param source what the manifest will say of the origin, once resolved
 * @param selection which files, once resolved
 * @param plan in state planned
 * @param expiresAt when the command becomes too old to be begun
 * @param traceparent of the request, in the form of W3C Trace Context
 * @param createdAt when the job was made
 * @param updatedAt when this was written
 */
public record Journal(
    @JsonProperty(required = true) int format,
    RequestId requestId,
    List<RequestId> requestIds,
    DownloadRequested command,
    ModelName model,
    LocationName location,
    Optional<FamilyName> family,
    Optional<RepositoryId> repository,
    Optional<String> revision,
    Optional<CommitId> commit,
    DownloadState state,
    Optional<WaitingFor> waitingFor,
    Optional<RequestId> joinedTo,
    int attempt,
    long sequence,
    String holder,
    long totalBytes,
    long doneBytes,
    long reusedBytes,
    long fetchedBytes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JournalFile> files,
    Optional<Instant> retryAt,
    Optional<Problem> problem,
    Optional<Source> source,
    Optional<Selection> selection,
    Optional<DownloadPlan> plan,
    Optional<Instant> expiresAt,
    Optional<String> traceparent,
    Instant createdAt,
    Instant updatedAt) {

  /** The format this code reads and writes. */
  public static final int FORMAT = 1;

  /** Refuses what is missing, and another format. */
  public Journal {
    if (format != FORMAT) {
      throw new IllegalArgumentException("A journal of format " + format + ", not 1.");
    }
    Components.required(requestId, "requestId");
    requestIds = Components.list(requestIds);
    Components.required(command, "command");
    Components.required(model, "model");
    Components.required(location, "location");
    repository = Components.optional(repository);
    revision = Components.optional(revision);
    commit = Components.optional(commit);
    Components.required(state, "state");
    waitingFor = Components.optional(waitingFor);
    joinedTo = Components.optional(joinedTo);
    Components.required(holder, "holder");
    files = Components.list(files);
    retryAt = Components.optional(retryAt);
    problem = Components.optional(problem);
    family = Components.optional(family);
    source = Components.optional(source);
    selection = Components.optional(selection);
    plan = Components.optional(plan);
    expiresAt = Components.optional(expiresAt);
    traceparent = Components.optional(traceparent);
    Components.required(createdAt, "createdAt");
    Components.required(updatedAt, "updatedAt");
  }

  /** Bytes still to come. */
  public long remainingBytes() {
    return Math.max(0, totalBytes - doneBytes);
  }
}
