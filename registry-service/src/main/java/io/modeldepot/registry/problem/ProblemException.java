package io.modeldepot.registry.problem;

import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import java.util.List;
import java.util.Map;

/** A request that ends with a problem. Thrown by rooms, written by the door. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient List<FieldError> errors;

  public ProblemException(Problem problem, List<FieldError> errors) {
    super(problem.code().code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
    this.errors = List.copyOf(errors);
  }

  /** A problem with the code's own title, status and remedies. */
  public static ProblemException of(ProblemCode code, String detail) {
    return new ProblemException(Problem.of(code, detail), List.of());
  }

  /** The same with evidence. */
  public static ProblemException of(ProblemCode code, String detail, Map<String, Object> evidence) {
    return new ProblemException(Problem.of(code, detail, evidence), List.of());
  }

  /** A body whose content is not valid, with the places. */
  public static ProblemException invalid(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String where = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
    return new ProblemException(Problem.of(ProblemCode.INVALID, where + first.detail()), errors);
  }

  /** A body whose content is not valid at one place. */
  public static ProblemException invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  public Problem problem() {
    return problem;
  }

  public List<FieldError> errors() {
    return errors;
  }
}
