package io.modeldepot.registry.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemText;
import io.modeldepot.events.terms.Remedy;
import java.util.List;
import java.util.Map;

/**
 * A problem as REST shows it (RFC 9457).
 *
 * @param type {@code /problems/<code>}, a page that this service has
 * @param title the same for every problem of the code
 * @param status the HTTP status
 * @param code the code in words
 * @param detail what happened, to which thing
 * @param instance the resource that was asked for, or that the problem belongs to
 * @param requestId finds it in the log and in the audit trail
 * @param evidence what was measured
 * @param retryable whether the same request may succeed later
 * @param remedies what would help
 * @param errors places in a bad body
 */
public record ProblemBody(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String instance,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> evidence,
    boolean retryable,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Remedy> remedies,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem with its place. */
  public static ProblemBody of(
      Problem problem, String instance, String requestId, List<FieldError> errors) {
    ProblemText text = ProblemText.of(problem.code());
    return new ProblemBody(
        "/problems/" + problem.code().code(),
        problem.title(),
        text.status(),
        problem.code().code(),
        problem.detail(),
        instance,
        requestId,
        problem.evidence(),
        problem.retryable(),
        problem.remedies(),
        errors);
  }
}
