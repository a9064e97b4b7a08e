package io.modeldepot.hub.git;

import java.nio.charset.StandardCharsets;

/**
 * What git holds in place of a large file's content: three lines that name it.
 *
 * <p>Source: the Git LFS specification, section "The Pointer".
 *
 * @param sha256 of the content, 64 hexadecimal digits
 * @param sizeBytes length of the content
 */
public record LargeFilePointer(String sha256, long sizeBytes) {

  /** The pointer file. */
  public byte[] content() {
    return ("version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
            .formatted(sha256, sizeBytes))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Git's id of the pointer file, which a tree states as {@code oid} of the large file. */
  public String id() {
    return ObjectId.ofBlob(content());
  }

  /** Length of the pointer file, bytes. */
  public long pointerSizeBytes() {
    return content().length;
  }
}
