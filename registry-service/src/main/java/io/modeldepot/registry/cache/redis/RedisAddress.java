package io.modeldepot.registry.cache.redis;

import java.net.URI;
import java.util.Optional;

/**
 * Where a Redis listens.
 *
 * @param database number of the logical database
 * @param user where it has users
 * @param tls whether it is spoken to over TLS
 */
record RedisAddress(String host, int port, int database, Optional<String> user, boolean tls) {
  private static final int USUAL_PORT = 6379;
  private static final String FORM = "redis://[user@]host[:port][/database], or rediss:// over TLS";

  /**
   * Reads the form of {@code DEPOT_REDIS_URL}.
   *
   * @throws IllegalArgumentException that never repeats the text, as it may hold a password
   */
  static RedisAddress parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw refused("it is no URL");
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equals("redis") && !scheme.equals("rediss") || uri.getHost() == null) {
      throw refused("it is not of that form");
    }
    String user = uri.getUserInfo();
    if (user != null && user.indexOf(':') >= 0) {
      throw refused(
          "it holds a password, which belongs into DEPOT_REDIS_PASSWORD or a file named by DEPOT_REDIS_PASSWORD_FILE");
    }
    return new RedisAddress(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        database(uri.getPath()),
        Optional.ofNullable(user),
        scheme.equals("rediss"));
  }

  private static int database(String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(path.substring(1));
    } catch (NumberFormatException e) {
      throw refused("its database is no number");
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "DEPOT_REDIS_URL cannot be used: " + why + ". Its form is " + FORM + ".");
  }

  @Override
  public String toString() {
    return host + ":" + port + (database == 0 ? "" : "/" + database);
  }
}
