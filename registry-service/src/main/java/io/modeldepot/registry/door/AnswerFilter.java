package io.modeldepot.registry.door;

import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.ProblemBody;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The last thing that happens to an answer: it becomes bytes, gets the ETag of those bytes, and
 * turns into 304 if the caller has them. Lists get their {@code Link} to the next page, and a table
 * for those who ask for plain text.
 */
public class AnswerFilter {
  private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final InstantSource clock;

  AnswerFilter(InstantSource clock) {
    this.clock = clock;
  }

  /** Which list it is: the last part of its address. */
  private static String list(UriInfo uri) {
    return uri.getPath().replaceFirst("/+$", "").replaceFirst(".*/", "");
  }

  @ServerResponseFilter
  public void finish(
      ContainerRequestContext request, ContainerResponseContext answer, UriInfo uri) {
    Object entity = answer.getEntity();
    if (entity == null
        || entity instanceof ProblemBody
        || entity instanceof String
        || entity instanceof byte[]
        || entity instanceof StreamingOutput
        || answer.getStatus() >= Response.Status.MULTIPLE_CHOICES.getStatusCode()
        || !entity.getClass().getName().startsWith("io.modeldepot.")
            && !(entity instanceof java.util.Collection<?>)) {
      return;
    }
    if (entity instanceof Page<?> page) {
      page.next()
          .ifPresent(
              cursor ->
                  answer
                      .getHeaders()
                      .add(
                          HttpHeaders.LINK,
                          "<"
                              + uri.getRequestUriBuilder()
                                  .scheme(null)
                                  .host(null)
                                  .port(-1)
                                  .replaceQueryParam("cursor", cursor)
                                  .build()
                              + ">; rel=\"next\""));
    }
    MediaType type = answer.getMediaType();
    boolean text = type != null && type.isCompatible(MediaType.TEXT_PLAIN_TYPE);
    byte[] bytes = text ? TextTable.of(entity, list(uri), clock.instant()) : Wire.write(entity);
    String tag = Etags.ofBytes(bytes);
    answer.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    answer.getHeaders().putSingle(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (READS.contains(request.getMethod())) {
      answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
      if (Etags.known(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
        answer.setStatusInfo(Response.Status.NOT_MODIFIED);
        answer.setEntity(null);
        return;
      }
    }
    answer.setEntity(bytes, null, type == null ? MediaType.APPLICATION_JSON_TYPE : type);
  }
}
