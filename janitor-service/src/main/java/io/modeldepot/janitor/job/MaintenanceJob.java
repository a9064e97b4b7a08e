package io.modeldepot.janitor.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code .depot/janitor/jobs/<id>.json}: everything another process needs to go on with a job, and
 * later what came of it.
 *
 * @param format 1
 * @param requestId the job
 * @param kind what it does
 * @param location where
 * @param asked the command
 * @param state where it is
 * @param sequence only rises
 * @param doneBytes of {@code totalBytes}, once known
 * @param totalBytes to be done, once known
 * @param items to be done, once known
 * @param problem why it failed, or why it waits
 * @param result what came of it; shape by kind
 * @param told whether the broker has the end
 * @param expiresAt when it becomes too old to be begun
 * @param traceparent of the command, in the form of W3C Trace Context
 * @param createdAt when the command was published
 * @param updatedAt when this was written
 */
public record MaintenanceJob(
    @JsonProperty(required = true) int format,
    RequestId requestId,
    MaintenanceKind kind,
    LocationName location,
    Asked asked,
    MaintenanceState state,
    long sequence,
    Optional<Long> doneBytes,
    Optional<Long> totalBytes,
    Optional<Integer> items,
    Optional<Problem> problem,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> result,
    boolean told,
    Instant expiresAt,
    Optional<String> traceparent,
    Instant createdAt,
    Instant updatedAt) {

  /** The format this code reads and writes. */
  public static final int FORMAT = 1;

  /** Refuses what is missing, and another format. */
  public MaintenanceJob {
    if (format != FORMAT) {
      throw new IllegalArgumentException("A job of format " + format + ", not 1.");
    }
    Components.required(requestId, "requestId");
    Components.required(kind, "kind");
    Components.required(location, "location");
    Components.required(asked, "asked");
    Components.required(state, "state");
    doneBytes = Components.optional(doneBytes);
    totalBytes = Components.optional(totalBytes);
    items = Components.optional(items);
    problem = Components.optional(problem);
    traceparent = Components.optional(traceparent);
    result = Components.map(result);
    Components.required(expiresAt, "expiresAt");
    Components.required(createdAt, "createdAt");
    Components.required(updatedAt, "updatedAt");
  }

  /** A job that was just heard. */
  public static MaintenanceJob accepted(
      RequestId id,
      MaintenanceKind kind,
      LocationName location,
      Asked asked,
      Instant publishedAt,
      Instant expiresAt,
      Optional<String> traceparent) {
    return new MaintenanceJob(
        FORMAT,
        id,
        kind,
        location,
        asked,
        MaintenanceState.ACCEPTED,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        expiresAt,
        traceparent,
        publishedAt,
        publishedAt);
  }

  /** Whether its state never changes any more. */
  @JsonIgnore
  public boolean isOver() {
    return switch (state) {
      case PLANNED, DONE, FAILED, EXPIRED -> true;
      case ACCEPTED, RUNNING, WAITING, UNKNOWN -> false;
    };
  }

  /** The same in another state. */
  public MaintenanceJob in(MaintenanceState next, Optional<Problem> why, Instant now) {
    return new MaintenanceJob(
        format,
        requestId,
        kind,
        location,
        asked,
        next,
        nextSequence(now),
        doneBytes,
        totalBytes,
        items,
        why,
        result,
        told,
        expiresAt,
        traceparent,
        createdAt,
        now);
  }

  /** The same, so far done. */
  public MaintenanceJob with(Progress progress, Instant now) {
    return new MaintenanceJob(
        format,
        requestId,
        kind,
        location,
        asked,
        state,
        nextSequence(now),
        Optional.of(progress.doneBytes()),
        Optional.of(progress.totalBytes()),
        Optional.of(progress.items()),
        problem,
        result,
        told,
        expiresAt,
        traceparent,
        createdAt,
        now);
  }

  /** The same at its end. */
  public MaintenanceJob ended(Ending ending, Instant now) {
    return switch (ending) {
      case Ending.Done done -> in(MaintenanceState.DONE, Optional.empty(), now).of(done.result());
      case Ending.Planned planned ->
          in(MaintenanceState.PLANNED, Optional.empty(), now).of(planned.result());
      case Ending.Failed failed ->
          in(MaintenanceState.FAILED, Optional.of(failed.problem()), now).of(failed.result());
      case Ending.Expired _ -> in(MaintenanceState.EXPIRED, Optional.empty(), now);
    };
  }

  /** The same, its end in the hands of the broker. */
  public MaintenanceJob toldOf() {
    return new MaintenanceJob(
        format,
        requestId,
        kind,
        location,
        asked,
        state,
        sequence,
        doneBytes,
        totalBytes,
        items,
        problem,
        result,
        true,
        expiresAt,
        traceparent,
        createdAt,
        updatedAt);
  }

  private MaintenanceJob of(Map<String, Object> what) {
    return new MaintenanceJob(
        format,
        requestId,
        kind,
        location,
        asked,
        state,
        sequence,
        doneBytes,
        totalBytes,
        items,
        problem,
        what,
        told,
        expiresAt,
        traceparent,
        createdAt,
        updatedAt);
  }

  /** Rises also across a crash that forgot the last few, since time went on meanwhile. */
  private long nextSequence(Instant now) {
    return Math.max(sequence + 1, now.toEpochMilli());
  }
}
