package io.modeldepot.registry.door;

import io.modeldepot.registry.listing.Page;
import io.modeldepot.registry.problem.ProblemBody;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The last thing that happens to an answer: it becomes bytes, gets the ETag of those bytes, and
 * turns into 304 if the caller has them. What is kept is compressed once over HTTP/1.1, for each
 * who asks over HTTP/2. Lists get their {@code Link} to the next page, and a table for those who
 * ask for plain text.
 */
public class AnswerFilter {
  private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private static final String VARY = HttpHeaders.ACCEPT + ", " + HttpHeaders.ACCEPT_ENCODING;

  /** As resources produce it. */
  private static final MediaType JSON =
      MediaType.APPLICATION_JSON_TYPE.withCharset(StandardCharsets.UTF_8.name());

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
      ContainerRequestContext request,
      ContainerResponseContext answer,
      UriInfo uri,
      RoutingContext routing) {
    Object entity = answer.getEntity();
    if (entity instanceof Rendered rendered) {
      send(request, answer, rendered, JSON, routing);
    } else if (entity != null && isOurs(entity, answer)) {
      MediaType type = answer.getMediaType();
      Optional<String> link = link(entity, uri);
      if (type != null && type.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
        byte[] table = TextTable.of(entity, list(uri), clock.instant());
        send(request, answer, new Rendered(table, Etags.ofBytes(table), link), type, routing);
      } else {
        Rendered rendered = Rendered.of(entity, link);
        if (answer.getStatus() == Response.Status.OK.getStatusCode()) {
          request.setProperty(Rendered.PROPERTY, rendered);
        }
        send(request, answer, rendered, type == null ? JSON : type, routing);
      }
    }
  }

  private static boolean isOurs(Object entity, ContainerResponseContext answer) {
    return !(entity instanceof ProblemBody
            || entity instanceof String
            || entity instanceof byte[]
            || entity instanceof StreamingOutput)
        && answer.getStatus() < Response.Status.MULTIPLE_CHOICES.getStatusCode()
        && (entity.getClass().getName().startsWith("io.modeldepot.")
            || entity instanceof Collection<?>);
  }

  private static Optional<String> link(Object entity, UriInfo uri) {
    return entity instanceof Page<?> page
        ? page.next().map(cursor -> "<" + onwards(uri, cursor) + ">; rel=\"next\"")
        : Optional.empty();
  }

  private static URI onwards(UriInfo uri, String cursor) {
    return uri.getRequestUriBuilder()
        .scheme(null)
        .host(null)
        .port(-1)
        .replaceQueryParam("cursor", cursor)
        .build();
  }

  private static void send(
      ContainerRequestContext request,
      ContainerResponseContext answer,
      Rendered rendered,
      MediaType type,
      RoutingContext routing) {
    MultivaluedMap<String, Object> headers = answer.getHeaders();
    rendered.link().ifPresent(link -> headers.add(HttpHeaders.LINK, link));
    headers.putSingle(HttpHeaders.ETAG, rendered.etag());
    headers.putSingle(HttpHeaders.VARY, VARY);
    if (READS.contains(request.getMethod())) {
      headers.putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
      if (Etags.known(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), rendered.etag())) {
        answer.setStatusInfo(Response.Status.NOT_MODIFIED);
        answer.setEntity(null);
        return;
      }
    }
    if (Compression.isWorthwhile(rendered.body())
        && Compression.takesGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
      // In place of the identity that the server says of everything which it may compress itself.
      routing.response().putHeader(HttpHeaders.CONTENT_ENCODING, Compression.GZIP);
      // Over HTTP/2 the server makes it what the header says.
      boolean atTheServer = routing.request().version() == HttpVersion.HTTP_2;
      answer.setEntity(atTheServer ? rendered.body() : rendered.gzip(), null, type);
    } else {
      answer.setEntity(rendered.body(), null, type);
    }
  }
}
