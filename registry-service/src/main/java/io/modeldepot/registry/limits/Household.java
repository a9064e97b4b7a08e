package io.modeldepot.registry.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Whose address it is: of IPv6 the first 64 bits, as whoever has one has all that begin so. */
final class Household {
  private static final int BYTES = 8;

  private Household() {}

  /**
   * @param address of a connection, numeric
   */
  static String of(String address) {
    try {
      // An address, not a name: nothing is looked up. IPv4 in the form of IPv6 becomes IPv4 here.
      InetAddress read = InetAddress.getByName(address);
      return read instanceof Inet6Address
          ? HexFormat.of().formatHex(read.getAddress(), 0, BYTES)
          : read.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
