package io.modeldepot.kit.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a call was made on this machine for somebody on this machine. The address of the
 * connection alone does not say so: a proxy here calls for others, and a page of another site whose
 * name was made to lead here (DNS rebinding) calls under that name.
 */
public final class LocalCall {
  /** Headers by which a proxy says that it calls for somebody else. */
  public static final List<String> FORWARDED =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-Real-IP",
          "Via");

  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|::1");

  private LocalCall() {}

  /**
   * True if the connection comes from a loopback address and the caller named one.
   *
   * @param remoteAddress of the connection, numeric
   * @param host the name or address that the caller asks for, without a port
   */
  public static boolean is(Optional<String> remoteAddress, Optional<String> host) {
    return remoteAddress.filter(LocalCall::isLoopback).isPresent()
        && host.map(it -> it.toLowerCase(Locale.ROOT))
            .filter(it -> LOOPBACK_NAME.matcher(it).matches())
            .isPresent();
  }

  private static boolean isLoopback(String address) {
    try {
      // An address, not a name: nothing is looked up.
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
