package io.modeldepot.mirror.serve;

import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.hub.header.EntityTag;

/**
 * A file as the protocol sees it.
 *
 * @param lengthBytes length
 * @param tag git's sha1 where the hub states that, as it does for small files, else the sha256
 * @param form for {@code Content-Type}
 */
public record Content(long lengthBytes, EntityTag tag, Form form) {

  /** What a browser may take it for; never something that it would run. */
  public enum Form {
    TEXT("text/plain; charset=utf-8"),
    BYTES("application/octet-stream");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /** What a manifest says of a file that is present. */
  public static Content of(ManifestFile file) {
    return file.gitSha1()
        .map(id -> new Content(file.sizeBytes(), EntityTag.strong(id.value()), Form.TEXT))
        .orElseGet(() -> new Content(file.sizeBytes(), sha256(file), Form.BYTES));
  }

  private static EntityTag sha256(ManifestFile file) {
    return file.sha256()
        .map(Sha256::value)
        .or(() -> file.gitSha1().map(GitSha1::value))
        .map(EntityTag::strong)
        .orElseThrow(() -> new IllegalArgumentException(file.path() + " has no digest."));
  }
}
