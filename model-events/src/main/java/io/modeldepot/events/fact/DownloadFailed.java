package io.modeldepot.events.fact;

import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A download that ended without a version.
 *
 * @param requestId requestId
 * @param requestIds requestIds
 * @param model model
 * @param location location
 * @param problem problem
 * @param file file
 * @param expected expected
 * @param actual actual
 * @param httpStatus httpStatus
 * @param hubErrorCode hubErrorCode
 * @param at at
 */
public record DownloadFailed(
    RequestId requestId,
    List<RequestId> requestIds,
    ModelName model,
    LocationName location,
    Problem problem,
    Optional<String> file,
    Optional<String> expected,
    Optional<String> actual,
    Optional<Integer> httpStatus,
    Optional<String> hubErrorCode,
    Instant at) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public DownloadFailed {
    Components.required(requestId, "requestId");
    requestIds = Components.list(requestIds);
    Components.required(model, "model");
    Components.required(location, "location");
    Components.required(problem, "problem");
    file = Components.optional(file);
    expected = Components.optional(expected);
    actual = Components.optional(actual);
    httpStatus = Components.optional(httpStatus);
    hubErrorCode = Components.optional(hubErrorCode);
    Components.required(at, "at");
  }
}
