package io.modeldepot.registry.door;

import io.modeldepot.events.wire.Wire;
import java.util.Optional;

/** An answer as JSON, as it goes out: its bytes, their ETag, and where its list goes on. */
public final class Rendered {
  /** Under this name a request has what was rendered for it, if its answer is a whole one. */
  public static final String PROPERTY = Rendered.class.getName();

  private final byte[] body;
  private final String etag;
  private final Optional<String> link;

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

  public String etag() {
    return etag;
  }

  public Optional<String> link() {
    return link;
  }
}
