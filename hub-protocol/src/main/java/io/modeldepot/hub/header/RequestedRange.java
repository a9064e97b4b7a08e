package io.modeldepot.hub.header;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@code Range} header asks of a content of known length (RFC 9110, 14.1 and 14.2): the
 * whole, one part, several, or something that is not there. Several are taken as such only as a
 * client asks that lacks some places of a file: whole, in ascending order, none touching another,
 * not too many. Everything else is answered with the whole, which the RFC allows and every client
 * understands.
 */
public sealed interface RequestedRange {

  /** Answer 200 with everything; also what an unintelligible header means. */
  record Whole() implements RequestedRange {}

  /** Answer 206 with this part. */
  record Part(ContentRange range) implements RequestedRange {}

  /** Answer 206 with these parts, at least two, in ascending order. */
  record Parts(List<ContentRange> ranges) implements RequestedRange {
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /** More than this many ranges in one header are answered with everything. */
  int MOST_PARTS = 128;

  /** Answer 416 and say how long the content is. */
  record Unsatisfiable() implements RequestedRange {}

  /**
   * @param header value of {@code Range}; an empty one is no header
   * @param totalBytes length of the content
   */
  static RequestedRange of(String header, long totalBytes) {
    String text = header.strip();
    if (text.length() < 6 || !text.regionMatches(true, 0, "bytes=", 0, 6)) {
      return new Whole();
    }
    String spec = text.substring(6).strip();
    return spec.indexOf(',') >= 0 ? several(spec, totalBytes) : one(spec, totalBytes);
  }

  private static RequestedRange several(String specs, long totalBytes) {
    List<ContentRange> ranges = new ArrayList<>();
    long after = -1;
    for (String spec : specs.split(",", MOST_PARTS + 1)) {
      if (ranges.size() == MOST_PARTS
          || !(one(spec.strip(), totalBytes) instanceof Part(ContentRange range))
          || range.firstByte() <= after) {
        return new Whole();
      }
      ranges.add(range);
      after = range.lastByte() + 1;
    }
    return new Parts(ranges);
  }

  private static RequestedRange one(String spec, long totalBytes) {
    int dash = spec.indexOf('-');
    if (dash < 0) {
      return new Whole();
    }
    String first = spec.substring(0, dash).strip();
    String last = spec.substring(dash + 1).strip();
    if (!(digits(first) && digits(last)) || (first.isEmpty() && last.isEmpty())) {
      return new Whole();
    }
    if (first.isEmpty()) {
      return suffix(number(last), totalBytes);
    }
    long from = number(first);
    if (!last.isEmpty() && number(last) < from) {
      return new Whole();
    }
    if (from >= totalBytes) {
      return new Unsatisfiable();
    }
    long to = last.isEmpty() ? totalBytes - 1 : Math.min(number(last), totalBytes - 1);
    return new Part(new ContentRange(from, to, totalBytes));
  }

  private static RequestedRange suffix(long lengthBytes, long totalBytes) {
    if (lengthBytes == 0 || totalBytes == 0) {
      return new Unsatisfiable();
    }
    long from = Math.max(0, totalBytes - lengthBytes);
    return new Part(new ContentRange(from, totalBytes - 1, totalBytes));
  }

  private static boolean digits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** A number longer than a long is beyond the end of everything. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
