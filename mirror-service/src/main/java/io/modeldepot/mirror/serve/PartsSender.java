package io.modeldepot.mirror.serve;

import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.MultipartRanges;
import io.modeldepot.mirror.shelf.Book;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * Sends several parts of a file in one answer: for a location that has an earlier version and lacks
 * some pieces of this one, each of which would be a request of its own. The thread that sends waits
 * for the client.
 */
final class PartsSender {
  private static final Logger LOG = Logger.getLogger(PartsSender.class);

  /** Parts are put together to about so much before anything is written. */
  private static final int FULL_BYTES = 1 << 18;

  private final Traffic traffic;

  PartsSender(Traffic traffic) {
    this.traffic = traffic;
  }

  /**
   * Answers, and returns when the answer is over.
   *
   * @throws IOException if the file cannot be opened; then nothing was sent
   */
  void send(HttpServerRequest request, Book book, Path file, MultipartRanges parts)
      throws IOException {
    HttpServerResponse response = request.response();
    String model = book.edition().model().value();
    request.connection().exceptionHandler(left -> LOG.debugf("A client left: %s", left));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      response
          .setStatusCode(206)
          .putHeader(HubHeaders.CONTENT_LENGTH, String.valueOf(parts.lengthBytes()))
          .putHeader("Content-Type", parts.header())
          .putHeader("X-Content-Type-Options", "nosniff");
      traffic.began();
      traffic.answered("resolve", response.getStatusCode());
      try {
        write(response, channel, parts);
        traffic.completed(model, parts.contentBytes());
      } catch (IOException e) {
        LOG.debugf("Parts of %s were not sent to their end: %s", file, e.getMessage());
        traffic.broken(model);
        // The headers promised more than came: only an end of the connection says so.
        response.reset();
      }
    }
  }

  private static void write(HttpServerResponse response, FileChannel file, MultipartRanges parts)
      throws IOException {
    Buffer full = Buffer.buffer(FULL_BYTES);
    byte[] bytes = new byte[FULL_BYTES];
    for (ContentRange part : parts.ranges()) {
      full.appendBytes(parts.before(part));
      long at = part.firstByte();
      while (at <= part.lastByte()) {
        int count = (int) Math.min(bytes.length, part.lastByte() + 1 - at);
        read(file, at, bytes, count);
        full.appendBytes(bytes, 0, count);
        at += count;
        if (full.length() >= FULL_BYTES) {
          Outflow.write(response, full);
          full = Buffer.buffer(FULL_BYTES);
        }
      }
    }
    Outflow.write(response, full.appendBytes(parts.end()));
    var unused = response.end();
  }

  private static void read(FileChannel file, long from, byte[] into, int count) throws IOException {
    ByteBuffer sink = ByteBuffer.wrap(into, 0, count);
    while (sink.hasRemaining()) {
      if (file.read(sink, from + sink.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }
}
