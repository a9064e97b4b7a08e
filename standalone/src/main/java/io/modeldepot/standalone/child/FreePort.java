package io.modeldepot.standalone.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;

/**
 * Ports on the loopback address. A free port is free at the time of the answer; whoever uses it
 * must still be ready to find it taken.
 */
public final class FreePort {
  private static final int NEIGHBOURS = 50;
  private static final Duration ANSWER = Duration.ofMillis(200);

  private FreePort() {}

  /**
   * The wanted port if nobody has it, else the next free one above it, else any.
   *
   * @param wanted a port, or 0 for any
   */
  public static int near(int wanted) throws IOException {
    return near(wanted, Set.of());
  }

  /**
   * The same, leaving out ports that somebody was promised who does not listen yet.
   *
   * @param wanted a port, or 0 for any
   */
  public static int near(int wanted, Set<Integer> promised) throws IOException {
    if (wanted > 0) {
      for (int port = wanted; port < wanted + NEIGHBOURS && port <= 0xFFFF; port++) {
        if (!promised.contains(port) && isFree(port)) {
          return port;
        }
      }
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  /** True when nobody answers on this loopback port and it can be listened on. */
  public static boolean isFree(int port) {
    // Some systems let a second process listen on 127.0.0.1 where the first has all addresses, so
    // that a successful bind alone proves nothing.
    try (Socket probe = new Socket()) {
      probe.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) ANSWER.toMillis());
      return false;
    } catch (IOException nobodyAnswers) {
      return canListen(port);
    }
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
