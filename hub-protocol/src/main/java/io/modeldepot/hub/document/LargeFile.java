package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The large-file part of a tree entry: git holds a pointer, the content lies elsewhere.
 *
 * @param oid sha256 of the content, 64 hexadecimal digits
 * @param size length of the content, bytes
 * @param pointerSize length of the pointer file that git holds, bytes
 */
public record LargeFile(String oid, @JsonProperty(required = true) long size, long pointerSize) {
  public LargeFile {
    Fields.required(oid, "lfs.oid");
    Fields.notNegative(size, "lfs.size");
  }
}
