package io.modeldepot.testkit.hub;

import com.sun.net.httpserver.HttpExchange;
import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.MultipartRanges;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/** Sends the body of a file in the moods of the moment. */
final class Body {
  private final List<Mood> moods;
  private final AtomicLong sent;
  private final Gauge underWay;
  private final BooleanSupplier closed;

  Body(List<Mood> moods, AtomicLong sent, Gauge underWay, BooleanSupplier closed) {
    this.moods = moods;
    this.sent = sent;
    this.underWay = underWay;
    this.closed = closed;
  }

  /** Sends {@code count} bytes from a position with this status; headers are set already. */
  void send(HttpExchange exchange, int status, Content content, long from, long count)
      throws IOException {
    if (has(Mood.Gzip.class)) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, 0);
      try (GZIPOutputStream out = new GZIPOutputStream(counted(exchange))) {
        content.write(0, content.sizeBytes(), out);
      }
      return;
    }
    long length = count;
    for (Mood mood : moods) {
      if (mood instanceof Mood.ShortLength(long missing)) {
        length = Math.max(1, count - missing);
      }
    }
    // A length of 0 means "in chunks" to this server; an empty file has the length -1.
    exchange.sendResponseHeaders(status, count == 0 ? -1 : length);
    if (count == 0) {
      exchange.close();
      return;
    }
    try (Gauge.Entry entry = underWay.enter();
        OutputStream out = new Moody(counted(exchange), exchange, length, entry)) {
      content.write(from, length, out);
    } catch (Enough e) {
      // The connection is cut already, which is what the mood is about.
    }
  }

  /** Sends several parts in one answer; moods count its bytes, heads of parts included. */
  void sendParts(HttpExchange exchange, Content content, MultipartRanges parts) throws IOException {
    long length = parts.lengthBytes();
    exchange.sendResponseHeaders(206, length);
    try (Gauge.Entry entry = underWay.enter();
        OutputStream out = new Moody(counted(exchange), exchange, length, entry)) {
      for (ContentRange range : parts.ranges()) {
        out.write(parts.before(range));
        content.write(range.firstByte(), range.lengthBytes(), out);
      }
      out.write(parts.end());
    } catch (Enough e) {
      // The connection is cut already, which is what the mood is about.
    }
  }

  private OutputStream counted(HttpExchange exchange) {
    return new FilterOutputStream(exchange.getResponseBody()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        // Counted first: whoever has the last byte may look at the count at once.
        sent.addAndGet(length);
        out.write(bytes, offset, length);
      }
    };
  }

  private boolean has(Class<? extends Mood> kind) {
    return moods.stream().anyMatch(kind::isInstance);
  }

  /** The answer ends here although more was promised. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final class Moody extends FilterOutputStream {
    private static final int PIECE_BYTES = 16 << 10;

    private final HttpExchange exchange;
    private final long length;
    private final Gauge.Entry entry;
    private long written;

    Moody(OutputStream out, HttpExchange exchange, long length, Gauge.Entry entry) {
      super(out);
      this.exchange = exchange;
      this.length = length;
      this.entry = entry;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int piece = Math.min(PIECE_BYTES, length - done);
        writePiece(bytes, offset + done, piece);
        done += piece;
      }
    }

    private void writePiece(byte[] bytes, int offset, int count) throws IOException {
      byte[] piece = java.util.Arrays.copyOfRange(bytes, offset, offset + count);
      int keep = count;
      boolean stall = false;
      boolean end = false;
      for (Mood mood : moods) {
        if (mood instanceof Mood.Corrupt(long at) && at >= written && at < written + count) {
          piece[(int) (at - written)] ^= 0x55;
        } else if (mood instanceof Mood.Truncate(long after) && written + count > after) {
          keep = (int) Math.max(0, after - written);
          end = true;
        } else if (mood instanceof Mood.Stall(long after) && written + count > after) {
          keep = (int) Math.max(0, after - written);
          stall = true;
        } else if (mood instanceof Mood.Slow(long perSecond)) {
          crawl(count * 1_000_000_000L / perSecond);
        }
      }
      if (end || written + keep == length) {
        // Whoever has the last byte may ask for more at once: this body is not under way then.
        entry.close();
      }
      out.write(piece, 0, keep);
      written += keep;
      if (stall) {
        out.flush();
        while (!closed.getAsBoolean()) {
          LockSupport.parkNanos(20_000_000);
        }
        throw cut();
      }
      if (end) {
        out.flush();
        throw cut();
      }
    }

    private void crawl(long nanos) {
      long end = System.nanoTime() + nanos;
      while (!closed.getAsBoolean() && end - System.nanoTime() > 0) {
        LockSupport.parkNanos(Math.min(20_000_000, end - System.nanoTime()));
      }
    }

    /**
     * Cuts the connection. The exchange goes first: a stream of this server that is closed too
     * early keeps the connection open, and the other side would wait for ever.
     */
    private Enough cut() {
      exchange.close();
      return new Enough();
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (IOException e) {
        exchange.close();
      }
    }
  }
}
