package io.modeldepot.hub.header;

/** Names of the headers that matter between a hub and its clients. */
public final class HubHeaders {
  /** The commit that answered, 40 hexadecimal digits; on every resolve answer, errors included. */
  public static final String REPO_COMMIT = "X-Repo-Commit";

  /** Entity tag of the content behind a redirect; wins over {@code ETag}. */
  public static final String LINKED_ETAG = "X-Linked-Etag";

  /** Length of the content behind a redirect, bytes; wins over {@code Content-Length}. */
  public static final String LINKED_SIZE = "X-Linked-Size";

  /** Why a request was refused, see {@code refusal.ErrorCode}. */
  public static final String ERROR_CODE = "X-Error-Code";

  /** The same in words; tells a disabled repository, which has no code. */
  public static final String ERROR_MESSAGE = "X-Error-Message";

  /** What is left of the current window, see {@link RateLimit}. */
  public static final String RATE_LIMIT = "RateLimit";

  /** The size of the window: {@code "fixed window";"api";q=500;w=300}. */
  public static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

  public static final String RETRY_AFTER = "Retry-After";
  public static final String LINK = "Link";
  public static final String ETAG = "ETag";
  public static final String LOCATION = "Location";
  public static final String AUTHORIZATION = "Authorization";
  public static final String RANGE = "Range";
  public static final String IF_RANGE = "If-Range";
  public static final String IF_NONE_MATCH = "If-None-Match";
  public static final String ACCEPT_RANGES = "Accept-Ranges";
  public static final String CONTENT_RANGE = "Content-Range";
  public static final String CONTENT_LENGTH = "Content-Length";

  /** A client sends {@code identity}: a compressed answer has no length and no ranges. */
  public static final String ACCEPT_ENCODING = "Accept-Encoding";

  /** Content address at the Xet store. A mirror never sends it: clients would go around it. */
  public static final String XET_HASH = "X-Xet-Hash";

  /** Where to renew a Xet token. A mirror never sends it. */
  public static final String XET_REFRESH_ROUTE = "X-Xet-Refresh-Route";

  private HubHeaders() {}
}
