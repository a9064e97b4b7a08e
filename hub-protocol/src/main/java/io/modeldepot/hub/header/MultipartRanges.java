package io.modeldepot.hub.header;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Several parts of a content in one answer, {@code multipart/byteranges} (RFC 9110, 14.6): a head
 * before each part, a line after the last.
 *
 * @param ranges at least two, in ascending order, of one content
 * @param contentType of each
 * @param boundary a line that no part is; it need not be secret, as lengths are stated
 */
public record MultipartRanges(List<ContentRange> ranges, String contentType, String boundary) {
  /** The media type, without its parameter. */
  public static final String MEDIA_TYPE = "multipart/byteranges";

  private static final String LINE = "\r\n";

  /**
   * @throws IllegalArgumentException if there are fewer than two
   */
  public MultipartRanges {
    ranges = List.copyOf(ranges);
    if (ranges.size() < 2) {
      throw new IllegalArgumentException("One part is no multipart answer.");
    }
  }

  /** {@code Content-Type} of the answer. */
  public String header() {
    return MEDIA_TYPE + "; boundary=" + boundary;
  }

  /** What comes before a part, ASCII. */
  public byte[] before(ContentRange range) {
    return ascii(
        LINE
            + "--"
            + boundary
            + LINE
            + "Content-Type: "
            + contentType
            + LINE
            + "Content-Range: "
            + range.header()
            + LINE
            + LINE);
  }

  /** What comes after the last part, ASCII. */
  public byte[] end() {
    return ascii(LINE + "--" + boundary + "--" + LINE);
  }

  /** Length of the answer's body, bytes. */
  public long lengthBytes() {
    return ranges.stream().mapToLong(it -> before(it).length + it.lengthBytes()).sum()
        + end().length;
  }

  /** How much of it is content, bytes. */
  public long contentBytes() {
    return ranges.stream().mapToLong(ContentRange::lengthBytes).sum();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
