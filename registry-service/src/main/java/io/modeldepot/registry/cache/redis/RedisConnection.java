package io.modeldepot.registry.cache.redis;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection that speaks RESP2, as much of it as keeping values needs; source: the Redis
 * serialization protocol specification. Nothing here ends by itself where Redis does not answer:
 * closing it from another thread does. One exchange at a time.
 */
final class RedisConnection implements AutoCloseable {
  private static final int LONGEST_LINE = 4096;
  private static final int LARGEST_VALUE = 4 << 20;
  private static final String WRONG_TYPE = "WRONGTYPE";

  private final Socket plain = new Socket();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  /** Redis says no. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String said) {
      super("it says " + said);
    }
  }

  /**
   * Connects and logs in.
   *
   * @throws IOException that never holds the password
   */
  void open(RedisAddress address, Optional<String> password) throws IOException {
    plain.setTcpNoDelay(true);
    plain.connect(new InetSocketAddress(address.host(), address.port()));
    Socket socket = address.tls() ? encrypted(address) : plain;
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
    if (password.isPresent()) {
      List<String> login = new ArrayList<>(List.of("AUTH"));
      address.user().ifPresent(login::add);
      login.add(password.get());
      requireOk(login.toArray(String[]::new));
    }
    if (address.database() != 0) {
      requireOk("SELECT", Integer.toString(address.database()));
    }
  }

  /** The value of a key; empty too where something else than a value lies there. */
  Optional<byte[]> get(String key) throws IOException {
    send("GET".getBytes(StandardCharsets.US_ASCII), key.getBytes(StandardCharsets.UTF_8));
    String head = line();
    if (head.startsWith("-" + WRONG_TYPE)) {
      return Optional.of(new byte[0]);
    }
    if (!head.startsWith("$")) {
      throw unexpected(head);
    }
    int size = size(head.substring(1));
    if (size < 0) {
      return Optional.empty();
    }
    byte[] value = in.readNBytes(size);
    if (value.length < size || in.read() != '\r' || in.read() != '\n') {
      throw new EOFException("it stops in the middle of a value");
    }
    return Optional.of(value);
  }

  /** Puts a value, whatever lay under the key. */
  void put(String key, byte[] value, Duration keep) throws IOException {
    send(
        "SET".getBytes(StandardCharsets.US_ASCII),
        key.getBytes(StandardCharsets.UTF_8),
        value,
        "PX".getBytes(StandardCharsets.US_ASCII),
        Long.toString(keep.toMillis()).getBytes(StandardCharsets.US_ASCII));
    requireOk(line());
  }

  private Socket encrypted(RedisAddress address) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private void requireOk(String... words) throws IOException {
    byte[][] parts = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      parts[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    send(parts);
    requireOk(line());
  }

  private static void requireOk(String reply) throws IOException {
    if (!reply.equals("+OK")) {
      throw unexpected(reply);
    }
  }

  private void send(byte[]... parts) throws IOException {
    out.write(("*" + parts.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      out.write(("$" + part.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(part);
      out.write('\r');
      out.write('\n');
    }
    out.flush();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0 || line.size() > LONGEST_LINE) {
        throw new EOFException(next < 0 ? "it ends the connection" : "it is no Redis");
      }
      line.write(next);
    }
    if (in.read() != '\n') {
      throw new IOException("it is no Redis");
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static int size(String digits) throws IOException {
    try {
      int size = Integer.parseInt(digits);
      if (size <= LARGEST_VALUE) {
        return size;
      }
    } catch (NumberFormatException e) {
      // the same as one that is too large
    }
    throw new IOException("it is no Redis");
  }

  /** Errors are a word in capitals and a sentence of Redis' own. */
  private static IOException unexpected(String reply) {
    return reply.startsWith("-")
        ? new Refused(reply.substring(1).split(" ", 2)[0])
        : new IOException("it is no Redis");
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException e) {
      // It is given up in any case.
    }
  }
}
