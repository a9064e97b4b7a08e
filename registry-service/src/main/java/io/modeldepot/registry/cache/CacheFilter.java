package io.modeldepot.registry.cache;

import io.modeldepot.registry.cache.Answers.Reply;
import io.modeldepot.registry.door.Rendered;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Answers from what is kept, and keeps what was not. What is in memory is answered where the
 * request came in, without a thread of its own; for everything else the request has its thread.
 */
public class CacheFilter {
  /** After {@code AnswerFilter}, which renders: answers pass from the high numbers to the low. */
  private static final int AFTER_RENDERING = 1000;

  private static final int BEFORE_ALL_OTHERS = 100;

  private static final String LOADING = Loading.class.getName();

  private final boolean enabled;
  private final Stamps stamps;
  private final Answers answers;

  CacheFilter(CacheSettings settings, Stamps stamps, Answers answers) {
    this.enabled = settings.enabled();
    this.stamps = stamps;
    this.answers = answers;
  }

  @Cached
  @ServerRequestFilter(nonBlocking = true, priority = BEFORE_ALL_OTHERS)
  public @Nullable Response atHand(ContainerRequestContext request, RoutingContext routing) {
    String address = routing.request().uri();
    return subject(request, address)
        .flatMap(stamps::atHand)
        .map(stamp -> answers.inMemory(address, stamp))
        .map(CacheFilter::response)
        .orElse(null);
  }

  @Cached
  @ServerRequestFilter
  public @Nullable Response ask(ContainerRequestContext request, RoutingContext routing)
      throws InterruptedException {
    String address = routing.request().uri();
    Optional<String> stamp = subject(request, address).flatMap(stamps::current);
    if (stamp.isEmpty()) {
      return null;
    }
    switch (answers.ask(address, stamp.get())) {
      case Reply.Known known -> {
        return response(known.answer());
      }
      case Reply.Yours yours -> request.setProperty(LOADING, yours.loading());
      case Reply.Alone ignored -> {}
    }
    return null;
  }

  @Cached
  @ServerResponseFilter(priority = AFTER_RENDERING)
  public void keep(ContainerRequestContext request, ContainerResponseContext answer) {
    if (request.getProperty(LOADING) instanceof Loading loading) {
      request.removeProperty(LOADING);
      if (request.getProperty(Rendered.PROPERTY) instanceof Rendered rendered) {
        answers.loaded(loading, rendered);
      } else {
        answers.failed(loading);
      }
    }
  }

  /** What may be kept is JSON: tables tell ages. */
  private Optional<Subject> subject(ContainerRequestContext request, String address) {
    if (!enabled || !HttpMethod.GET.equals(request.getMethod())) {
      return Optional.empty();
    }
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    boolean json =
        accept == null
            || !accept.contains("text/")
                && (accept.contains(MediaType.APPLICATION_JSON)
                    || accept.contains(MediaType.WILDCARD));
    return json ? Subject.of(address) : Optional.empty();
  }

  private static Response response(Rendered answer) {
    return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
  }
}
