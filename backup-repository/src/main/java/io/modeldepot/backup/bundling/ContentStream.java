package io.modeldepot.backup.bundling;

import io.modeldepot.backup.bundle.BundledContent;
import io.modeldepot.backup.export.WrongContent;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The contents of a bundle as one stream, which is read forward. Each content is held against its
 * digest when its end is read; one that is begun in its middle is read from its beginning.
 */
final class ContentStream {
  private static final int BUFFER_BYTES = 128 << 10;

  private final FileCalls calls;
  private final List<BundledContent> contents;
  private final Map<Sha256, Origin> origins;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private int at;
  private long begin;
  private Digester digester;

  ContentStream(FileCalls calls, List<BundledContent> contents, Map<Sha256, Origin> origins) {
    this.calls = calls;
    this.contents = contents;
    this.origins = origins;
    this.digester = Digester.sha256(contents.getFirst().sizeBytes());
  }

  /** Takes the bytes of a range, piece by piece. */
  @FunctionalInterface
  interface Sink {
    /** The next bytes. */
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /**
   * Reads a range.
   *
   * @param from not before the end of the range before
   * @throws WrongContent if a file is not what its manifest says
   */
  void copy(long from, long to, Sink sink) throws IOException {
    while (at < contents.size() && begin < to) {
      long end = begin + contents.get(at).sizeBytes();
      if (end > from || end == begin) {
        piece(from, Math.min(to, end), sink);
        if (to < end) {
          return;
        }
      }
      begin = end;
      at++;
      if (at < contents.size()) {
        digester = Digester.sha256(contents.get(at).sizeBytes());
      }
    }
  }

  /** Reads the content that is on, up to a place in the stream; what lies before it is digested. */
  private void piece(long from, long until, Sink sink) throws IOException {
    BundledContent content = contents.get(at);
    Origin origin = origins.get(content.sha256());
    if (origin == null) {
      throw new IllegalStateException("Nobody said where " + content.sha256() + " is.");
    }
    origin.use(
        calls,
        reader -> {
          while (begin + digester.done() < until) {
            long position = digester.done();
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, until - begin - position));
            int read = reader.read(buffer, position);
            if (read == 0) {
              throw new WrongContent(named(content, origin));
            }
            digester.update(buffer.array(), 0, read);
            int skip = (int) Math.clamp(from - begin - position, 0, read);
            sink.accept(buffer.array(), skip, read - skip);
          }
        });
    boolean whole = digester.done() == content.sizeBytes();
    if (whole && !digester.finish().sha256().equals(content.sha256())) {
      throw new WrongContent(named(content, origin));
    }
  }

  private static String named(BundledContent content, Origin origin) {
    return origin instanceof Origin.OnVolume on ? on.file().toString() : content.sha256().value();
  }
}
