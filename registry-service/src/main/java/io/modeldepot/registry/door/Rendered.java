package io.modeldepot.registry.door;

import io.modeldepot.events.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer as JSON, as it goes out: its bytes, their ETag, and where its list goes on. It is
 * compressed once, however many get it. Safe for threads.
 */
public final class Rendered {
  /** Under this name a request has what was rendered for it, if its answer is a whole one. */
  public static final String PROPERTY = Rendered.class.getName();

  private final byte[] body;
  private final String etag;
  private final Optional<String> link;
  private volatile byte @Nullable [] gzip;

  /**
   * @param body not to be changed any more
   * @param etag with its quotes
   * @param link the value of the header {@code Link}
   */
  public Rendered(byte[] body, String etag, Optional<String> link) {
    this.body = body;
    this.etag = etag;
    this.link = link;
  }

  static Rendered of(Object entity, Optional<String> link) {
    byte[] body = Wire.write(entity);
    return new Rendered(body, Etags.ofBytes(body), link);
  }

  /** Not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The same, compressed; not to be changed. Who asks first compresses. */
  byte[] gzip() {
    byte[] once = gzip;
    if (once == null) {
      once = compressed(body);
      gzip = once;
    }
    return once;
  }

  private static byte[] compressed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public String etag() {
    return etag;
  }

  public Optional<String> link() {
    return link;
  }
}
