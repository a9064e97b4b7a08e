package io.modeldepot.downloader.hub;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.Dns;

/**
 * How far a redirect may lead. A hub outside may send us to anywhere outside; not to an address of
 * our own network, where a question of ours may open what it should not. A hub inside may.
 */
final class Reach {
  private static final int UNIQUE_LOCAL_MASK = 0xfe;
  private static final int UNIQUE_LOCAL = 0xfc;
  private static final int IPV4_LENGTH = 4;

  private final Predicate<InetAddress> inside;

  Reach(Predicate<InetAddress> inside) {
    this.inside = inside;
  }

  /** A redirect from outside that must not be followed. */
  static final class LeadsInside extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    LeadsInside(String host) {
      super(host + " is an address of this network");
    }
  }

  /** By the ranges that the standards keep for networks of one's own. */
  static Reach usual() {
    return new Reach(Reach::isInside);
  }

  /** Whether a host that we were told of by configuration is inside; one that is unknown is not. */
  boolean isInside(String host) {
    try {
      return List.of(InetAddress.getAllByName(bare(host))).stream().anyMatch(inside);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Refuses an address that names one inside by its number; names are looked at when they are
   * looked up.
   *
   * @throws LeadsInside if it does
   */
  void requireOutside(String host) throws LeadsInside {
    try {
      if (inside.test(InetAddress.ofLiteral(bare(host)))) {
        throw new LeadsInside(host);
      }
    } catch (IllegalArgumentException e) {
      // A name.
    }
  }

  /** Looks names up, and finds nobody inside. What is looked up is what is connected to. */
  Dns outsideOnly() {
    return host -> {
      List<InetAddress> found = Dns.SYSTEM.lookup(host);
      if (found.stream().anyMatch(inside)) {
        throw new LeadsInside(host);
      }
      return found;
    };
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared =
        bytes.length == IPV4_LENGTH && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    boolean uniqueLocal =
        bytes.length > IPV4_LENGTH && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || shared
        || uniqueLocal;
  }
}
