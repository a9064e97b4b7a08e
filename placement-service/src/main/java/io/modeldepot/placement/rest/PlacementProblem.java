package io.modeldepot.placement.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import io.modeldepot.events.terms.Remedy;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A request that ends with a problem (RFC 9457). */
public final class PlacementProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int RETRY_AFTER_SECONDS = 2;

  private final transient Problem problem;

  PlacementProblem(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  PlacementProblem(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** With the code's own title, status and remedies. */
  public static PlacementProblem of(ProblemCode code, String detail) {
    return new PlacementProblem(code, detail);
  }

  /** The same with what helps in this case. */
  PlacementProblem helpedBy(Remedy... remedies) {
    return new PlacementProblem(problem.withRemedies(List.of(remedies)));
  }

  /** A problem as REST shows it, in the words of the registry's. */
  record Body(
      String type,
      String title,
      int status,
      String code,
      String detail,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> evidence,
      boolean retryable,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Remedy> remedies) {}

  /** Writes them. */
  public static final class Writer {
    @ServerExceptionMapper
    Response write(PlacementProblem thrown) {
      Problem problem = thrown.problem;
      int status = ProblemText.of(problem.code()).status();
      Response.ResponseBuilder answer =
          Response.status(status)
              .type("application/problem+json")
              .entity(
                  new Body(
                      "/problems/" + problem.code().code(),
                      problem.title(),
                      status,
                      problem.code().code(),
                      problem.detail(),
                      problem.evidence(),
                      problem.retryable(),
                      problem.remedies()));
      if (status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
        answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      }
      return answer.build();
    }
  }
}
