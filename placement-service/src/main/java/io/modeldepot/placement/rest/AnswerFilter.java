package io.modeldepot.placement.rest;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * The last thing that happens to what was read: it becomes bytes, gets the ETag of those bytes, and
 * turns into 304 if the caller has them.
 */
public class AnswerFilter {
  private static final int HEX_DIGITS = 32;

  @ServerResponseFilter
  public void finish(ContainerRequestContext request, ContainerResponseContext answer) {
    Object entity = answer.getEntity();
    if (entity == null
        || !request.getMethod().equals(HttpMethod.GET)
        || answer.getStatus() != Response.Status.OK.getStatusCode()
        || !entity.getClass().getName().startsWith("io.modeldepot.")) {
      return;
    }
    byte[] bytes = Wire.write(entity);
    String tag = tag(bytes);
    answer.getHeaders().putSingle(HttpHeaders.ETAG, tag);
    answer.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (isKnown(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
      answer.setStatusInfo(Response.Status.NOT_MODIFIED);
      answer.setEntity(null);
    } else {
      answer.setEntity(bytes, null, MediaType.APPLICATION_JSON_TYPE);
    }
  }

  private static boolean isKnown(@Nullable String header, String tag) {
    return header != null
        && Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .anyMatch(it -> it.equals("*") || it.equals(tag) || it.equals("W/" + tag));
  }

  private static String tag(byte[] bytes) {
    return "\"" + Sha256.ofBytes(bytes).value().substring(0, HEX_DIGITS) + "\"";
  }
}
