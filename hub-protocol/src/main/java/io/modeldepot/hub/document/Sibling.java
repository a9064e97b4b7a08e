package io.modeldepot.hub.document;

import java.util.Optional;

/**
 * A file as model information lists it.
 *
 * @param rfilename path from the repository's root
 * @param size bytes; only with {@code blobs=true}
 * @param blobId git's object id; only with {@code blobs=true}
 * @param lfs only with {@code blobs=true}, for a large file
 */
public record Sibling(
    String rfilename, Optional<Long> size, Optional<String> blobId, Optional<Large> lfs) {

  public Sibling {
    Fields.required(rfilename, "rfilename");
    size = Fields.optional(size);
    blobId = Fields.optional(blobId);
    lfs = Fields.optional(lfs);
  }

  /** The name alone, as without {@code blobs=true}. */
  public static Sibling named(String path) {
    return new Sibling(path, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The large-file part, whose digest is called {@code sha256} here and {@code oid} in a tree.
   *
   * @param sha256 of the content
   * @param size of the content, bytes
   * @param pointerSize of the pointer, bytes
   */
  public record Large(String sha256, long size, long pointerSize) {
    public Large {
      Fields.required(sha256, "lfs.sha256");
      Fields.notNegative(size, "lfs.size");
    }
  }
}
