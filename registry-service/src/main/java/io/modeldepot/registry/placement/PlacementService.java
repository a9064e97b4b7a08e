package io.modeldepot.registry.placement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.access.ServiceToken;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.door.TextTable;
import io.modeldepot.registry.problem.ProblemBody;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the placement service as the caller, with the caller's token and request id, and hands its
 * answer on: status, body, and what caches need. Safe for threads.
 */
@ApplicationScoped
public class PlacementService {
  private static final Logger LOG = Logger.getLogger(PlacementService.class);
  private static final Duration TO_CONNECT = Duration.ofSeconds(2);

  /** The largest plans take this long, by design. */
  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  /** What a caller may say beside the question; nothing else of a request is handed on. */
  private static final List<String> ASKED_WITH = List.of(HttpHeaders.IF_NONE_MATCH, "traceparent");

  /** What an answer may say beside its body; what belongs to one connection stays behind. */
  private static final List<String> ANSWERED_WITH =
      List.of(
          HttpHeaders.ETAG,
          HttpHeaders.CACHE_CONTROL,
          HttpHeaders.LAST_MODIFIED,
          HttpHeaders.VARY,
          HttpHeaders.RETRY_AFTER);

  private final URI root;
  private final Caller caller;
  private final ServiceToken own;
  private final HttpHeaders asked;
  private final UriInfo place;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * For the container.
   *
   * @param root where the placement service listens; it has no door of its own
   */
  PlacementService(
      @ConfigProperty(name = "depot.placement.url") URI root,
      Caller caller,
      ServiceToken own,
      HttpHeaders asked,
      UriInfo place,
      InstantSource clock) {
    this.root = root;
    this.caller = caller;
    this.own = own;
    this.asked = asked;
    this.place = place;
    this.clock = clock;
  }

  /**
   * Its answer to a question, as it gave it.
   *
   * @param target path and query below {@code /api/v1/}, encoded
   * @throws ProblemException {@code placement-unavailable} if there is no answer
   */
  Response get(String target) {
    return ask(target, HttpRequest.newBuilder().GET(), MediaType.APPLICATION_JSON);
  }

  /** The same for an answer of another type than JSON; what is wrong comes as a problem. */
  Response text(String target, String type) {
    return ask(target, HttpRequest.newBuilder().GET(), type);
  }

  /**
   * Its answer to a question of our own, read.
   *
   * @throws ProblemException {@code placement-unavailable} if there is none
   */
  JsonNode read(String target) {
    Response answer = get(target);
    JsonNode read =
        answer.getStatus() == Response.Status.OK.getStatusCode()
                && answer.getEntity() instanceof byte[] bytes
            ? tree(bytes)
            : null;
    if (read == null) {
      throw ProblemException.of(
          ProblemCode.PLACEMENT_UNAVAILABLE,
          "The placement service answers HTTP %d to /%s.".formatted(answer.getStatus(), target));
    }
    return read;
  }

  /** One of its lists as a table. */
  String table(String list) {
    return TextTable.of(list, read(list).path("items"), clock.instant());
  }

  /** Its answer to a question with a body. */
  Response post(String target, byte @Nullable [] body) {
    return ask(
        target,
        HttpRequest.newBuilder()
            .header("Content-Type", MediaType.APPLICATION_JSON)
            .POST(
                body == null || body.length == 0
                    ? BodyPublishers.ofString("{}")
                    : BodyPublishers.ofByteArray(body)),
        MediaType.APPLICATION_JSON);
  }

  private Response ask(String target, HttpRequest.Builder request, String wanted) {
    URI address = root.resolve("/api/v1/" + target);
    for (String name : ASKED_WITH) {
      Optional.ofNullable(asked.getHeaderString(name))
          .ifPresent(value -> request.header(name, value));
    }
    caller
        .token()
        .or(own::text)
        .ifPresent(token -> request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token));
    try {
      HttpResponse<byte[]> answer =
          http.send(
              request
                  .uri(address)
                  .timeout(TO_ANSWER)
                  .header("Accept", wanted)
                  .header("X-Request-Id", caller.requestId())
                  .build(),
              BodyHandlers.ofByteArray());
      return handedOn(answer, address, wanted);
    } catch (IOException e) {
      LOG.debugf(e, "The placement service does not answer at %s", address);
      throw ProblemException.of(
          ProblemCode.PLACEMENT_UNAVAILABLE, "The placement service does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.of(
          ProblemCode.PLACEMENT_UNAVAILABLE, "The registry is about to stop.");
    }
  }

  private Response handedOn(HttpResponse<byte[]> answer, URI address, String wanted) {
    int status = answer.statusCode();
    String type = answer.headers().firstValue(HttpHeaders.CONTENT_TYPE).orElse("");
    if (status == Response.Status.NOT_MODIFIED.getStatusCode()) {
      return with(answer, Response.status(status)).build();
    }
    if (status < Response.Status.MULTIPLE_CHOICES.getStatusCode()) {
      return with(answer, Response.status(status).type(wanted).entity(answer.body())).build();
    }
    if (type.startsWith(ProblemBody.MEDIA_TYPE) && tree(answer.body()) instanceof ObjectNode told) {
      told.put("instance", place.getRequestUri().getRawPath());
      told.put("requestId", caller.requestId());
      return with(
              answer, Response.status(status).type(ProblemBody.MEDIA_TYPE).entity(Wire.write(told)))
          .build();
    }
    if (status >= Response.Status.BAD_REQUEST.getStatusCode()
        && status < Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
      throw ProblemException.of(
          status == Response.Status.NOT_FOUND.getStatusCode()
              ? ProblemCode.NOT_FOUND
              : ProblemCode.BAD_REQUEST,
          "The placement service refuses it with HTTP %d.".formatted(status));
    }
    LOG.warnf("The placement service answers %d to %s", status, address.getPath());
    throw ProblemException.of(
        ProblemCode.PLACEMENT_UNAVAILABLE,
        "The placement service answers HTTP %d, without a reason.".formatted(status));
  }

  private static Response.ResponseBuilder with(
      HttpResponse<byte[]> answer, Response.ResponseBuilder handedOn) {
    for (String name : ANSWERED_WITH) {
      answer.headers().firstValue(name).ifPresent(value -> handedOn.header(name, value));
    }
    return handedOn;
  }

  private static @Nullable JsonNode tree(byte[] body) {
    try {
      return Wire.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read.", e);
    }
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }
}
