package io.modeldepot.mirror.serve;

import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.MultipartRanges;
import io.modeldepot.mirror.shelf.Book;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends a file of a version. */
@ApplicationScoped
public class FileSender {
  private static final Logger LOG = Logger.getLogger(FileSender.class);

  /** What is at most this long goes out with its headers; more is handed to the kernel. */
  private static final int SMALL_BYTES = 1 << 16;

  private final Traffic traffic;

  FileSender(Traffic traffic) {
    this.traffic = traffic;
  }

  /**
   * Answers a request for a file that the caller may read.
   *
   * @return whether it was answered; if not, nothing was sent, because what lies on the volume is
   *     not what the manifest says, and must not go out under its digest
   */
  public boolean send(HttpServerRequest request, Book book, ManifestFile file) throws IOException {
    Optional<Path> path = regularFile(book.tree(), file);
    if (path.isEmpty()) {
      return false;
    }
    answer(
        request,
        book,
        Content.of(file),
        new Body() {
          @Override
          public void send(long fromByte, long lengthBytes) throws IOException {
            transfer(request, book, path.get(), fromByte, lengthBytes);
          }

          @Override
          public boolean sendParts(MultipartRanges parts) throws IOException {
            new PartsSender(traffic).send(request, book, path.get(), parts);
            return true;
          }
        });
    return true;
  }

  /** Sends bytes after the headers, and ends the response. */
  interface Body {
    /**
     * Called at most once, with at least one byte to send.
     *
     * @throws IOException if nothing was sent and nothing can be
     */
    void send(long fromByte, long lengthBytes) throws IOException;

    /**
     * Sends several parts after the headers, and ends the response; called instead of {@link
     * #send}.
     *
     * @return false if it cannot, and has done nothing: everything is sent instead
     * @throws IOException if nothing was sent and nothing can be
     */
    default boolean sendParts(MultipartRanges parts) throws IOException {
      return false;
    }
  }

  /** Decides what the client gets and sends its headers; bytes come from {@code body}. */
  void answer(HttpServerRequest request, Book book, Content content, Body body) throws IOException {
    boolean head = request.method().equals(HttpMethod.HEAD);
    HttpServerResponse response = request.response();
    response
        .putHeader(HubHeaders.REPO_COMMIT, book.edition().commit().value())
        .putHeader(HubHeaders.ETAG, content.tag().header())
        .putHeader(HubHeaders.ACCEPT_RANGES, "bytes");
    // Ranges are defined for GET alone (RFC 9110, 14.2).
    Conditions conditions =
        new Conditions(
            head ? "" : header(request, HubHeaders.RANGE),
            header(request, HubHeaders.IF_RANGE),
            header(request, "If-Match"),
            header(request, HubHeaders.IF_NONE_MATCH));
    switch (Delivery.of(content, conditions)) {
      case Delivery.NotModified _ -> end(response.setStatusCode(304));
      case Delivery.Mismatch _ ->
          end(response.setStatusCode(412).putHeader(HubHeaders.CONTENT_LENGTH, "0"));
      case Delivery.Unsatisfiable _ -> {
        response.putHeader(
            HubHeaders.CONTENT_RANGE, ContentRange.unsatisfiedHeader(content.lengthBytes()));
        end(response.setStatusCode(416).putHeader(HubHeaders.CONTENT_LENGTH, "0"));
      }
      case Delivery.Whole _ -> {
        if (content.lengthBytes() == 0 && !conditions.range().isEmpty()) {
          // Means nothing beside 200 (RFC 9110, 14.4), but the JavaScript client reads lengths
          // here.
          response.putHeader(HubHeaders.CONTENT_RANGE, ContentRange.unsatisfiedHeader(0));
        }
        whole(response, content, head, body);
      }
      case Delivery.Parts(List<ContentRange> ranges) -> {
        String boundary = Long.toHexString(ThreadLocalRandom.current().nextLong());
        if (!body.sendParts(
            new MultipartRanges(ranges, content.form().mediaType(), "part-" + boundary))) {
          whole(response, content, head, body);
        }
      }
      case Delivery.Part(ContentRange range) -> {
        describe(response, content, range.lengthBytes());
        response.setStatusCode(206).putHeader(HubHeaders.CONTENT_RANGE, range.header());
        body.send(range.firstByte(), range.lengthBytes());
      }
    }
  }

  private void whole(HttpServerResponse response, Content content, boolean head, Body body)
      throws IOException {
    describe(response, content, content.lengthBytes());
    if (head || content.lengthBytes() == 0) {
      end(response);
    } else {
      body.send(0, content.lengthBytes());
    }
  }

  private void transfer(
      HttpServerRequest request, Book book, Path file, long fromByte, long lengthBytes)
      throws IOException {
    HttpServerResponse response = request.response();
    String model = book.edition().model().value();
    // A client that leaves in the middle is everyday life, no error of ours.
    request.connection().exceptionHandler(left -> LOG.debugf("A client left: %s", left));
    Future<Void> sending = begin(response, file, fromByte, lengthBytes);
    traffic.began();
    sending.onComplete(
        sent -> {
          traffic.answered("resolve", response.getStatusCode());
          if (sent.succeeded()) {
            traffic.completed(model, lengthBytes);
          } else {
            traffic.broken(model);
            // The headers promised more than came: only an end of the connection says so.
            response.reset();
          }
        });
  }

  private static Future<Void> begin(
      HttpServerResponse response, Path file, long fromByte, long lengthBytes) throws IOException {
    return lengthBytes <= SMALL_BYTES
        ? response.end(Buffer.buffer(read(file, fromByte, (int) lengthBytes)))
        : response.sendFile(file.toString(), fromByte, lengthBytes);
  }

  private static byte[] read(Path file, long fromByte, int lengthBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, fromByte + bytes.position()) < 0) {
          throw new EOFException(file + " became shorter while it was read");
        }
      }
    }
    return bytes.array();
  }

  private void end(HttpServerResponse response) {
    traffic.answered("resolve", response.getStatusCode());
    response.end();
  }

  private static void describe(HttpServerResponse response, Content content, long lengthBytes) {
    response
        .putHeader(HubHeaders.CONTENT_LENGTH, String.valueOf(lengthBytes))
        .putHeader("Content-Type", content.form().mediaType())
        .putHeader("X-Content-Type-Options", "nosniff");
  }

  /** The file, if it is one, below its tree by no link, and as long as the manifest says. */
  private static Optional<Path> regularFile(Path tree, ManifestFile file) throws IOException {
    String path = file.path();
    try {
      for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
        if (!itself(tree.resolve(path.substring(0, end))).isDirectory()) {
          return Optional.empty();
        }
      }
      Path found = tree.resolve(path);
      BasicFileAttributes attributes = itself(found);
      return attributes.isRegularFile() && attributes.size() == file.sizeBytes()
          ? Optional.of(found)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What lies there, not what a link leads to. */
  private static BasicFileAttributes itself(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String header(HttpServerRequest request, String name) {
    @Nullable String value = request.getHeader(name);
    return value == null ? "" : value;
  }
}
