package io.modeldepot.registry.notify.receiver;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses that are the same for everybody: none of this machine, its network or its cloud. */
final class PublicAddress {
  private PublicAddress() {}

  /** Whether it is one, by the IANA special-purpose registries (RFC 6890). */
  static boolean is(InetAddress address) {
    return !(address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress())
        && (address instanceof Inet6Address
            ? isPublic6(address.getAddress())
            : isPublic4(address.getAddress()));
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean shared = first == 100 && second >= 64 && second < 128;
    boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
    boolean trials =
        first == 198 && (second == 18 || second == 19 || second == 51 && third == 100)
            || first == 203 && second == 0 && third == 113;
    return first != 0 && first < 240 && !shared && !protocols && !trials;
  }

  /** Only global unicast, and no IPv4 address in disguise (6to4, Teredo, NAT64, documentation). */
  private static boolean isPublic6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    boolean global = (first & 0xe000) == 0x2000;
    boolean disguised = first == 0x2002 || first == 0x2001 && (second == 0 || second == 0x0db8);
    return global && !disguised;
  }
}
