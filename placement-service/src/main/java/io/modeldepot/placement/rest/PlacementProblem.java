package io.modeldepot.placement.rest;

import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A request that ends with a problem (RFC 9457). */
public final class PlacementProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  PlacementProblem(ProblemCode code, String detail) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail);
  }

  /** Writes them. */
  public static final class Writer {
    @ServerExceptionMapper
    Response write(PlacementProblem thrown) {
      Problem problem = thrown.problem;
      int status = ProblemText.of(problem.code()).status();
      return Response.status(status)
          .type("application/problem+json")
          .entity(
              Map.of(
                  "type", "/problems/" + problem.code().code(),
                  "code", problem.code().code(),
                  "title", problem.title(),
                  "status", status,
                  "detail", problem.detail()))
          .build();
    }
  }
}
