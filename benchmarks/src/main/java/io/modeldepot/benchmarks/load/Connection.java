package io.modeldepot.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection of HTTP/1.1 that is kept, as much of it as loading a server needs. */
final class Connection implements AutoCloseable {
  private static final int OK = 200;

  private final Socket socket = new Socket();
  private final String host;
  private final InputStream in;
  private final OutputStream out;

  Connection(InetSocketAddress server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(server);
    host = server.getHostString() + ":" + server.getPort();
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /**
   * Asks, and reads the answer to its end. Returns whether it was 200.
   *
   * @param encodings that may come, as a header says them
   */
  boolean get(String path, String encodings) throws IOException {
    request(path, "application/json", encodings);
    int status = Integer.parseInt(line().split(" ", -1)[1]);
    long length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring("content-length:".length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException(path + " was answered without a length.");
    }
    in.skipNBytes(length);
    return status == OK;
  }

  /** Begins a stream that does not end. */
  void follow(String path) throws IOException {
    request(path, "text/event-stream", "identity");
    String status = line();
    if (!status.contains(" 200 ")) {
      throw new IOException(path + " was answered " + status);
    }
  }

  /** The next line, without its end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server ended the connection.");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private void request(String path, String accept, String encodings) throws IOException {
    out.write(
        "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: %s\r\nAccept-Encoding: %s\r\n\r\n"
            .formatted(path, host, accept, encodings)
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
