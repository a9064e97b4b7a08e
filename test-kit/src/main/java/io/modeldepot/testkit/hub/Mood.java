package io.modeldepot.testkit.hub;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/** How the hub misbehaves. All but {@link Refuse} and {@link Redirect} concern bodies of files. */
public sealed interface Mood {

  /** Says the right length, sends so many bytes of the answer, and closes. */
  record Truncate(long afterBytes) implements Mood {}

  /** Says a length that is so many bytes too short, and keeps to it. */
  record ShortLength(long missingBytes) implements Mood {}

  /** One byte of every answer is another; {@code at} is a position in the answer. */
  record Corrupt(long at) implements Mood {}

  /** Sends so many bytes and then nothing, keeping the connection open. */
  record Stall(long afterBytes) implements Mood {}

  /** Sends at this rate; once the hub is calm, as fast as it can. */
  record Slow(long bytesPerSecond) implements Mood {}

  /** Answers 200 with everything where a part was asked for. */
  record IgnoreRange() implements Mood {}

  /** Sends everything where several ranges are asked for at once. */
  record OneRangeOnly() implements Mood {}

  /** Compresses, in chunks, without a length, whatever was asked for. */
  record Gzip() implements Mood {}

  /** Answers with a status and these headers, any request. */
  record Refuse(int status, Map<String, String> headers) implements Mood {
    /** A refusal without further words. */
    public static Refuse with(int status) {
      return new Refuse(status, Map.of());
    }

    /** A refusal with one header. */
    public static Refuse with(int status, String header, String value) {
      return new Refuse(status, Map.of(header, value));
    }
  }

  /** Says that the content is another one: this stands in every ETag. */
  record Retag(String etag) implements Mood {}

  /** Leaves these headers out. */
  record Omit(Set<String> headers) implements Mood {}

  /** Sends the caller elsewhere, with 302. */
  record Redirect(URI to) implements Mood {}
}
