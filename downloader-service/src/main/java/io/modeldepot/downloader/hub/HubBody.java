package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubFailure.Evidence;
import io.modeldepot.downloader.hub.HubHttp.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;

/** Bytes of a file on their way in. Belongs to one thread, except {@link #abort}. */
public final class HubBody implements AutoCloseable {
  private final Answer answer;
  private final BufferedSource source;
  private final long offset;
  private final boolean rangeIgnored;
  private final Optional<PartReader> parts;
  private final String host;
  private final Duration stallTimeout;
  private final LongConsumer received;

  HubBody(
      Answer answer,
      long offset,
      boolean rangeIgnored,
      Optional<PartReader> parts,
      String host,
      Duration stallTimeout,
      LongConsumer received) {
    this.answer = answer;
    this.offset = offset;
    this.rangeIgnored = rangeIgnored;
    this.parts = parts;
    this.host = host;
    this.stallTimeout = stallTimeout;
    this.received = received;
    this.source = decoded(answer);
  }

  /** Where in the file the first byte belongs. */
  public long offset() {
    return offset;
  }

  /** Whether a part was asked for and the whole file is coming, from its first byte. */
  public boolean rangeIgnored() {
    return rangeIgnored;
  }

  /** The range that comes after the one that is being read; empty if none does. */
  public Optional<ByteRange> next() {
    return parts.flatMap(PartReader::next);
  }

  /**
   * Goes on to that range; all bytes of the one before have to be read.
   *
   * @throws IOException as {@link #read}, also when something else comes
   */
  public void begin() throws IOException {
    parts.orElseThrow().begin();
  }

  /** All ranges are read; what is left of the answer is taken, for the connection's sake. */
  public void end() throws IOException {
    if (parts.isPresent()) {
      parts.get().end();
    }
  }

  /**
   * Reads what is there, at least one byte if there is room.
   *
   * @return how many, or -1 at the end
   * @throws IOException when the connection breaks, ends early or stalls; {@link #failure} says it
   *     in words
   */
  public int read(ByteBuffer sink) throws IOException {
    int read = source.read(sink);
    if (read > 0) {
      received.accept(read);
    }
    return read;
  }

  /**
   * Lets bytes go by.
   *
   * @throws IOException as {@link #read}, also when there are not so many
   */
  public void skip(long bytes) throws IOException {
    source.skip(bytes);
    received.accept(bytes);
  }

  /** What a failed read means. */
  public HubFailure failure(IOException cause) {
    return cause instanceof EOFException ? endedEarly() : Refusals.of(cause, host, stallTimeout);
  }

  /** What it means that the body ended before the bytes that were asked for. */
  public HubFailure endedEarly() {
    return unavailable("the answer ended early");
  }

  /** What it means that hardly any bytes come. */
  public HubFailure tooSlow() {
    return unavailable("hardly any bytes in " + stallTimeout.toSeconds() + " s");
  }

  /** How long a connection may go without a byte. */
  public Duration stallTimeout() {
    return stallTimeout;
  }

  /** Who is sending. */
  public String host() {
    return host;
  }

  /** Breaks the connection off; a read that is going on fails. Idempotent, from any thread. */
  public void abort() {
    answer.call().cancel();
  }

  /** Keeps the connection when all was read, else breaks it off. Idempotent. */
  @Override
  public void close() {
    abort();
    answer.close();
  }

  private HubFailure unavailable(String what) {
    return new HubFailure.Unavailable(
        host + ": " + what + ".",
        new Evidence(host, Optional.of(answer.response().code()), Optional.empty()),
        Optional.empty());
  }

  /** Identity was asked for; a server that compresses all the same is understood. */
  private static BufferedSource decoded(Answer answer) {
    BufferedSource raw = answer.response().body().source();
    String encoding =
        Refusals.header(answer.response(), "Content-Encoding").toLowerCase(Locale.ROOT);
    return encoding.equals("gzip") ? Okio.buffer(new GzipSource(raw)) : raw;
  }
}
