package io.modeldepot.hub.address;

import java.net.URI;

/**
 * The mark {@code elsewhere=no} in the query of an address: a mirror of ours answers it from its
 * own volume or not at all. A mirror that redirects to another one sets it, so two that each take
 * the other to have something do not send a client around; so does who has chosen a mirror itself.
 * The Hub knows nothing of it.
 */
public final class HereOnly {
  /** The name of the parameter. */
  public static final String PARAMETER = "elsewhere";

  private static final String VALUE = "no";

  private HereOnly() {}

  /** The same address, marked. Marking twice is harmless. */
  public static URI mark(URI address) {
    String join = address.getRawQuery() == null ? "?" : "&";
    return URI.create(address + join + PARAMETER + "=" + VALUE);
  }

  /** Whether the value of {@link #PARAMETER} in a request is the mark; empty is none. */
  public static boolean isMark(String value) {
    return value.equals(VALUE);
  }
}
