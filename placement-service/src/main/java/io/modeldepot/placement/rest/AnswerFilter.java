package io.modeldepot.placement.rest;

import io.modeldepot.events.wire.Wire;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * The last thing that happens to what was read: it becomes bytes, gets the ETag of those bytes, and
 * turns into 304 if the caller has them.
 */
public class AnswerFilter {
  private static final int TAG_BYTES = 16;

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
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
