package io.modeldepot.systemtests.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can be cut: every connection through it ends at once, the next one is let
 * in.
 */
final class CuttableDoor implements AutoCloseable {
  private final URI server;
  private final ServerSocket door;
  private final Set<Socket> through = ConcurrentHashMap.newKeySet();

  CuttableDoor(URI server) {
    this.server = server;
    try {
      this.door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("door").start(this::letIn);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Ends every connection there is. */
  void cut() {
    through.forEach(CuttableDoor::end);
    through.clear();
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket in = door.accept();
        Socket out = new Socket(server.getHost(), server.getPort());
        through.add(in);
        through.add(out);
        Thread.ofVirtual().start(() -> carry(in, out));
        Thread.ofVirtual().start(() -> carry(out, in));
      } catch (IOException e) {
        // Closed, or the server refused one connection; the next is asked again.
      }
    }
  }

  private static void carry(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Cut, which is what this is for.
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
