package io.modeldepot.hub.address;

import java.net.URI;
import java.util.StringJoiner;

/**
 * The URLs of one hub. Every argument is given as people write it and is encoded here; none is
 * expected to be encoded already. Models have no prefix (data sets have {@code datasets/}).
 *
 * @param base scheme, host, port and perhaps a path; no trailing slash, no credentials, no query
 */
public record HubUrls(URI base) {

  /**
   * @throws IllegalArgumentException if the address is not http or https, or carries credentials, a
   *     query or a fragment
   */
  public HubUrls {
    String scheme = base.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("A hub's address begins with http:// or https://.");
    }
    if (base.getHost() == null) {
      throw new IllegalArgumentException("A hub's address names a host.");
    }
    if (base.getRawUserInfo() != null || base.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "A hub's address carries no credentials and no query; a token has its own setting.");
    }
    if (base.getRawFragment() != null) {
      throw new IllegalArgumentException("A hub's address has no fragment.");
    }
    if (base.toString().endsWith("/")) {
      throw new IllegalArgumentException("A hub's address ends without a slash.");
    }
  }

  /**
   * A hub from its address as people write it; trailing slashes are dropped.
   *
   * @throws IllegalArgumentException if it is no address of a hub
   */
  public static HubUrls of(String endpoint) {
    String text = endpoint.strip();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return new HubUrls(URI.create(text));
  }

  /** {@code GET}: the models there are. */
  public URI models() {
    return at("/api/models");
  }

  /** {@code GET}: what the default branch of a model is. */
  public URI modelInfo(String repository) {
    return at("/api/models/" + Encoding.path(repository));
  }

  /** {@code GET}: what a revision of a model is; {@code sha} in the answer is its commit. */
  public URI modelInfo(String repository, String revision) {
    return at(
        "/api/models/" + Encoding.path(repository) + "/revision/" + Encoding.segment(revision));
  }

  /** {@code GET}: every file of a revision, in pages; follow {@code Link: rel="next"}. */
  public URI tree(String repository, String revision) {
    return at(treePath(repository, revision) + "?recursive=true");
  }

  /**
   * {@code GET}: the entries of one folder.
   *
   * @param folder without leading slash; empty for the root
   */
  public URI treeOf(String repository, String revision, String folder, TreeDetail detail) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    if (detail.recursive()) {
      query.add("recursive=true");
    }
    if (detail.expand()) {
      query.add("expand=true");
    }
    String path = folder.isEmpty() ? "" : "/" + Encoding.segment(folder);
    return at(treePath(repository, revision) + path + query);
  }

  /** {@code GET}: branches and tags with their commits. */
  public URI refs(String repository) {
    return at("/api/models/" + Encoding.path(repository) + "/refs");
  }

  /** {@code GET}: the commits that a revision has behind it, newest first. */
  public URI commits(String repository, String revision) {
    return at(
        "/api/models/" + Encoding.path(repository) + "/commits/" + Encoding.segment(revision));
  }

  /** {@code POST} of {@code {"paths":[…],"expand":false}}: what is known of these paths. */
  public URI pathsInfo(String repository, String revision) {
    return at(
        "/api/models/" + Encoding.path(repository) + "/paths-info/" + Encoding.segment(revision));
  }

  /** {@code GET}: may this caller read the files? Cheap, and tells a gate before any byte. */
  public URI authCheck(String repository) {
    return at("/api/models/" + Encoding.path(repository) + "/auth-check");
  }

  /** {@code HEAD} or {@code GET}: one file. */
  public URI resolve(String repository, String revision, String path) {
    return at(
        "/"
            + Encoding.path(repository)
            + "/resolve/"
            + Encoding.segment(revision)
            + "/"
            + Encoding.path(path));
  }

  /**
   * {@code HEAD} or {@code GET}: one file as git holds it, which of a large file is the pointer.
   * The Hub's JavaScript client asks here whether a file exists.
   */
  public URI raw(String repository, String revision, String path) {
    return at(
        "/"
            + Encoding.path(repository)
            + "/raw/"
            + Encoding.segment(revision)
            + "/"
            + Encoding.path(path));
  }

  /** {@code GET}: who the token belongs to. */
  public URI whoAmI() {
    return at("/api/whoami-v2");
  }

  /**
   * Whether a token meant for this hub may be sent to that address: same scheme, host and port. A
   * redirect to a content network has another host and carries its own signature.
   */
  public boolean mayCarryToken(URI address) {
    return base.getScheme().equalsIgnoreCase(String.valueOf(address.getScheme()))
        && base.getHost().equalsIgnoreCase(String.valueOf(address.getHost()))
        && port(base) == port(address);
  }

  @Override
  public String toString() {
    return base.toString();
  }

  private String treePath(String repository, String revision) {
    return "/api/models/" + Encoding.path(repository) + "/tree/" + Encoding.segment(revision);
  }

  private URI at(String rest) {
    return URI.create(base + rest);
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }
}
