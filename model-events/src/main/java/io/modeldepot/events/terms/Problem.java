package io.modeldepot.events.terms;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, to which thing, whether to try again, what would help. The same object in REST,
 * on topics and in the CLI.
 *
 * @param code code
 * @param title short, the same for every problem of this code
 * @param detail this case, in words
 * @param evidence figures and names behind the sentence; no secrets
 * @param retryable whether the same request can succeed later
 * @param remedies best first
 */
public record Problem(
    ProblemCode code,
    String title,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> evidence,
    @JsonProperty(required = true) boolean retryable,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Remedy> remedies) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public Problem {
    Components.required(code, "code");
    Components.required(title, "title");
    Components.required(detail, "detail");
    evidence = Components.map(evidence);
    remedies = Components.list(remedies);
  }

  /** A problem with the code's own title, retry rule and remedies. */
  public static Problem of(ProblemCode code, String detail) {
    return of(code, detail, Map.of());
  }

  /** A problem with the code's own title, retry rule and remedies, and evidence. */
  public static Problem of(ProblemCode code, String detail, Map<String, Object> evidence) {
    ProblemText text = ProblemText.of(code);
    Problem problem =
        new Problem(code, text.title(), detail, evidence, text.retryable(), text.remedies());
    Problem about = evidence.get("model") instanceof String model ? problem.about(model) : problem;
    return evidence.get("requestId") instanceof String id ? about.with("ID", id) : about;
  }

  /** The same problem, whose remedies name the model that it is about. */
  public Problem about(String model) {
    return with("NAME", model);
  }

  private Problem with(String place, String value) {
    return withRemedies(remedies.stream().map(it -> it.with(place, value)).toList());
  }

  /** The same problem with other remedies. */
  public Problem withRemedies(List<Remedy> better) {
    return new Problem(code, title, detail, evidence, retryable, better);
  }
}
