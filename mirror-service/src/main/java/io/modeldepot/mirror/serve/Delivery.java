package io.modeldepot.mirror.serve;

import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.RequestedRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is answered to a request for a file. */
public sealed interface Delivery {

  /** 200. */
  record Whole() implements Delivery {}

  /** 206. */
  record Part(ContentRange range) implements Delivery {}

  /** 206 in several parts. */
  record Parts(List<ContentRange> ranges) implements Delivery {
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /** 304: the client has it. */
  record NotModified() implements Delivery {}

  /** 412: the client wanted other content than this. */
  record Mismatch() implements Delivery {}

  /** 416. */
  record Unsatisfiable() implements Delivery {}

  /**
   * Decides, in the order of RFC 9110, 13.2.2: first whether it is what the client wants, then
   * whether the client has it already, then whether the range still belongs to the same content,
   * then which bytes.
   */
  static Delivery of(Content content, Conditions conditions) {
    if (!conditions.ifMatch().isEmpty() && !isWanted(content, conditions.ifMatch())) {
      return new Mismatch();
    }
    if (!conditions.ifNoneMatch().isEmpty() && content.tag().isNamedIn(conditions.ifNoneMatch())) {
      return new NotModified();
    }
    // Nothing has no first byte, and a range may be ignored (RFC 9110, 14.2): the Hub's JavaScript
    // client asks for bytes 0 to 0 of every file and gives up a snapshot at 416.
    if (content.lengthBytes() == 0) {
      return new Whole();
    }
    if (conditions.range().isEmpty() || !stillTheSame(content, conditions.ifRange())) {
      return new Whole();
    }
    return switch (RequestedRange.of(conditions.range(), content.lengthBytes())) {
      case RequestedRange.Whole _ -> new Whole();
      case RequestedRange.Part(ContentRange range) -> new Part(range);
      case RequestedRange.Parts(List<ContentRange> ranges) -> new Parts(ranges);
      case RequestedRange.Unsatisfiable _ -> new Unsatisfiable();
    };
  }

  /** Compared strongly, unlike {@code If-None-Match} (RFC 9110, 13.1.1). */
  private static boolean isWanted(Content content, String ifMatch) {
    return ifMatch.strip().equals("*")
        || Arrays.stream(ifMatch.split(","))
            .flatMap(one -> EntityTag.parse(one).stream())
            .anyMatch(content.tag()::sameBytes);
  }

  /** A date in {@code If-Range} never matches: content has no dates here, only digests. */
  private static boolean stillTheSame(Content content, String ifRange) {
    if (ifRange.isEmpty()) {
      return true;
    }
    Optional<EntityTag> tag = EntityTag.parse(ifRange);
    return tag.isPresent() && content.tag().sameBytes(tag.get());
  }
}
