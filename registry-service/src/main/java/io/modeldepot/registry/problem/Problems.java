package io.modeldepot.registry.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.access.Caller;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every exception that reaches the door, as problem details. */
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  /** What may succeed in a moment. */
  private static final Set<Integer> LATER =
      Set.of(
          Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
          Response.Status.TOO_MANY_REQUESTS.getStatusCode());

  private final Caller caller;
  private final AllowedMethods methods;

  Problems(Caller caller, AllowedMethods methods) {
    this.caller = caller;
    this.methods = methods;
  }

  @ServerExceptionMapper
  public Response ours(ProblemException e, UriInfo uri) {
    return answer(e.problem(), e.errors(), uri, null);
  }

  @ServerExceptionMapper
  public Response json(JsonProcessingException e, UriInfo uri) {
    return answer(
        Problem.of(ProblemCode.BAD_REQUEST, "Not JSON: " + e.getOriginalMessage()),
        List.of(),
        uri,
        null);
  }

  /** What the framework refuses itself: no such address, method, media type, parameter. */
  @ServerExceptionMapper
  public Response framework(WebApplicationException e, UriInfo uri) {
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    if (status >= 500) {
      return anything(e, uri);
    }
    String path = "/" + uri.getPath().replaceFirst("^/", "");
    Problem problem =
        switch (status) {
          case 404 -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at " + path + ".");
          case 405 ->
              Problem.of(ProblemCode.METHOD_NOT_ALLOWED, path + " does not have this method.");
          case 406 -> Problem.of(ProblemCode.NOT_ACCEPTABLE, path + " cannot be had in that form.");
          case 413 -> Problem.of(ProblemCode.REQUEST_TOO_LARGE, "The body is too large.");
          case 415 ->
              Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE, path + " does not read this media type.");
          default -> Problem.of(ProblemCode.BAD_REQUEST, "The request cannot be read.");
        };
    return answer(
        problem, List.of(), uri, status == 405 ? String.join(", ", methods.at(path)) : null);
  }

  /** The database away is a state of the world; all else here is an error of ours. */
  @ServerExceptionMapper
  public Response anything(Throwable e, UriInfo uri) {
    if (Outage.of(e)) {
      LOG.warnf("Request %s: the database does not answer.", caller.requestId());
      return answer(
          Problem.of(
              ProblemCode.DATABASE_UNAVAILABLE,
              Outage.ofTheCommit(e)
                  ? "The database went away at the last moment; it is not known whether anything was"
                      + " changed."
                  : "The database does not answer; nothing was changed."),
          List.of(),
          uri,
          null);
    }
    LOG.errorf(e, "Request %s failed.", caller.requestId());
    return answer(
        Problem.of(
            ProblemCode.INTERNAL,
            "The request failed; the log knows it as " + caller.requestId() + "."),
        List.of(),
        uri,
        null);
  }

  private Response answer(
      Problem problem, List<FieldError> errors, UriInfo uri, @Nullable String allow) {
    ProblemBody body =
        ProblemBody.of(problem, uri.getRequestUri().getRawPath(), caller.requestId(), errors);
    Response.ResponseBuilder answer =
        Response.status(body.status()).type(ProblemBody.MEDIA_TYPE).entity(body);
    if (LATER.contains(body.status())) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.build();
  }
}
