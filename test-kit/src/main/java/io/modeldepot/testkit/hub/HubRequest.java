package io.modeldepot.testkit.hub;

import java.util.Optional;

/**
 * A request that was made.
 *
 * @param host {@code hub} or {@code cdn}
 * @param method of HTTP
 * @param path decoded, without query
 * @param range value of {@code Range}
 * @param authorization whether a token came with it
 */
public record HubRequest(
    String host, String method, String path, Optional<String> range, boolean authorization) {

  /** Whether the body of a file was asked for. */
  public boolean isContent() {
    return method.equals("GET") && (host.equals("cdn") || path.contains("/resolve/"));
  }
}
