package io.modeldepot.testkit.net;

import io.modeldepot.testkit.process.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server on this machine. It is open at first; it can be cut, so that every connection
 * ends and no new one is let in, or swallow what is sent, so that both ends wait as they do when a
 * cable is pulled.
 */
public final class Passage implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_WAITING = 256;
  private static final int TO_CONNECT_MILLIS = 5_000;

  private enum State {
    OPEN,
    CUT,
    SWALLOWING,
    CLOSED
  }

  private final int to;
  private final ServerSocket door;
  private final Set<Socket> through = ConcurrentHashMap.newKeySet();
  private State state = State.OPEN;

  /** A way to this port; its own entrance is another one. */
  public Passage(int to) {
    this(FreePorts.next(), to);
  }

  /** A way from one port to another one. */
  public Passage(int from, int to) {
    this.to = to;
    try {
      this.door = new ServerSocket();
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), from), MOST_WAITING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Not virtual ones: a way on which much is sent would keep those of the test from running.
    Thread.ofPlatform().daemon().name("passage-" + from).start(this::letIn);
  }

  /** Its entrance. */
  public int port() {
    return door.getLocalPort();
  }

  /** Where clients connect. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** Ends every connection there is; the next one is let in. */
  public void interrupt() {
    // One by one: who comes in meanwhile is through, and is found the next time.
    for (Socket one : through) {
      end(one);
      through.remove(one);
    }
  }

  /** Ends every connection there is, and every new one at once. */
  public void cut() {
    set(State.CUT);
    interrupt();
  }

  /** Lets nothing through any more, and tells nobody. */
  public void swallow() {
    set(State.SWALLOWING);
  }

  /** Open again. Connections on which something was swallowed end: TCP would have given up too. */
  public void mend() {
    boolean swallowed = state() == State.SWALLOWING;
    set(State.OPEN);
    if (swallowed) {
      interrupt();
    }
  }

  private synchronized State state() {
    return state;
  }

  private synchronized void set(State next) {
    if (state != State.CLOSED) {
      state = next;
    }
  }

  private void letIn() {
    while (state() != State.CLOSED) {
      try {
        Socket in = door.accept();
        if (state() == State.CUT) {
          end(in);
        } else {
          Thread.ofPlatform().daemon().start(() -> connect(in));
        }
      } catch (IOException e) {
        // Closed, or one that left before it was let in.
      }
    }
  }

  private void connect(Socket in) {
    add(in);
    Socket out = new Socket();
    try {
      out.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to), TO_CONNECT_MILLIS);
    } catch (IOException e) {
      end(in);
      through.remove(in);
      return;
    }
    add(out);
    Thread.ofPlatform().daemon().start(() -> carry(out, in));
    carry(in, out);
  }

  /** One that comes in while the way is being cut is cut too. */
  private void add(Socket one) {
    through.add(one);
    if (state() == State.CUT || state() == State.CLOSED) {
      end(one);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (state() == State.SWALLOWING) {
          continue;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // Cut, or one of the two ends is gone.
    } finally {
      through.remove(from);
      through.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      // As a reset, not as a farewell: nobody said goodbye.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  @Override
  public void close() {
    set(State.CLOSED);
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    interrupt();
  }
}
