package io.modeldepot.registry.access;

import io.modeldepot.events.wire.CloudEventHeaders;
import io.modeldepot.kit.trace.Step;
import io.modeldepot.kit.trace.StepKind;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.kit.trace.Working;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * Every request is a step of the trace that its {@code traceparent} names, or of a new one, and the
 * answer says which. Lines that are logged meanwhile have the request's id, and what is written
 * into the outbox has the trace.
 */
public class TraceFilter {
  /** After {@link CallerFilter}, which knows the id. */
  private static final int AFTER_CALLER = 5100;

  private static final String STEP = TraceFilter.class.getName();
  private static final int FIRST_FAULT_OF_OURS = 500;

  private final Tracing tracing;
  private final Caller caller;

  TraceFilter(Tracing tracing, Caller caller) {
    this.tracing = tracing;
    this.caller = caller;
  }

  @ServerRequestFilter(preMatching = true, nonBlocking = true, priority = AFTER_CALLER)
  public void begin(ContainerRequestContext request) {
    Step step =
        tracing.begin(
            request.getMethod(),
            StepKind.SERVER,
            Optional.ofNullable(request.getHeaderString(CloudEventHeaders.TRACEPARENT)));
    step.with("http.request.method", request.getMethod());
    step.with("modeldepot.request_id", caller.requestId());
    request.setProperty(STEP, step);
    // Of the request, not of this thread: it ends with it.
    var unused =
        Working.on(Optional.of(step.traceparent()), Map.of(Working.REQUEST_ID, caller.requestId()));
  }

  @ServerResponseFilter
  public void end(
      ContainerRequestContext request,
      ContainerResponseContext answer,
      @Nullable SimpleResourceInfo resource) {
    if (request.getProperty(STEP) instanceof Step step) {
      answer.getHeaders().putSingle(CloudEventHeaders.TRACEPARENT, step.traceparent());
      route(resource)
          .ifPresent(
              route -> step.named(request.getMethod() + " " + route).with("http.route", route));
      step.with("http.response.status_code", Integer.toString(answer.getStatus()));
      if (answer.getStatus() >= FIRST_FAULT_OF_OURS) {
        step.failed(Integer.toString(answer.getStatus()));
      }
      step.close();
    }
  }

  /** As it is written over the class: there are not more of them than pages in the API. */
  private static Optional<String> route(@Nullable SimpleResourceInfo resource) {
    return Optional.ofNullable(resource)
        .map(SimpleResourceInfo::getResourceClass)
        .map(type -> type.getAnnotation(Path.class))
        .map(Path::value);
  }
}
