package io.modeldepot.downloader.hub;

import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.MultipartRanges;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * What stands between the parts of an answer {@code multipart/byteranges} (RFC 9110, 14.6). Each
 * part has to be the one that was asked for, in the order in which it was. Belongs to one thread.
 */
final class PartReader {
  private static final long LONGEST_LINE_BYTES = 1024;
  private static final int MOST_LINES = 16;

  private final BufferedSource source;
  private final String delimiter;
  private final long totalBytes;
  private final Queue<ByteRange> expected;

  private PartReader(
      BufferedSource source, String boundary, List<ByteRange> asked, long totalBytes) {
    this.source = source;
    this.delimiter = "--" + boundary;
    this.totalBytes = totalBytes;
    this.expected = new ArrayDeque<>(asked);
  }

  /**
   * For an answer to several ranges that has them all, after the head of the first.
   *
   * @return empty if the answer is no such
   * @throws IOException if it says that it is, and does not begin with the first part
   */
  static Optional<PartReader> of(Response response, List<ByteRange> asked, long totalBytes)
      throws IOException {
    MediaType type = response.body().contentType();
    if (asked.size() < 2
        || type == null
        || !MultipartRanges.MEDIA_TYPE.equals(
            (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    String boundary = type.parameter("boundary");
    if (boundary == null || boundary.isEmpty()) {
      throw new ProtocolException("parts without a boundary");
    }
    PartReader reader = new PartReader(response.body().source(), boundary, asked, totalBytes);
    reader.head(reader.expected.remove());
    return Optional.of(reader);
  }

  /** The part that comes after the one that is being read; empty after the last. */
  Optional<ByteRange> next() {
    return Optional.ofNullable(expected.peek());
  }

  /**
   * Reads up to the first byte of the next part. Everything of the one before has to be read.
   *
   * @throws IOException if something else comes
   */
  void begin() throws IOException {
    head(expected.remove());
  }

  /** Reads what comes after the last part, so that the connection can be used again. */
  void end() throws IOException {
    for (int i = 0; i < MOST_LINES && !source.exhausted(); i++) {
      line();
    }
  }

  private void head(ByteRange range) throws IOException {
    String line = line();
    for (int i = 0; i < MOST_LINES && !line.stripTrailing().equals(delimiter); i++) {
      if (!line.isEmpty()) {
        throw new ProtocolException("no part where one was expected");
      }
      line = line();
    }
    Optional<ContentRange> said = Optional.empty();
    line = line();
    for (int i = 0; !line.isEmpty(); i++) {
      int colon = line.indexOf(':');
      if (i == MOST_LINES || colon < 0) {
        throw new ProtocolException("a part without an end of its head");
      }
      if (line.substring(0, colon).strip().equalsIgnoreCase("Content-Range")) {
        said = ContentRange.parse(line.substring(colon + 1));
      }
      line = line();
    }
    ContentRange asked = new ContentRange(range.from(), range.to() - 1, totalBytes);
    if (said.filter(asked::equals).isEmpty()) {
      throw new ProtocolException("a part that was not asked for");
    }
  }

  private String line() throws IOException {
    return source.readUtf8LineStrict(LONGEST_LINE_BYTES);
  }
}
