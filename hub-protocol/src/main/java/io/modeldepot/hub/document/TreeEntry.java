package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One entry of a tree.
 *
 * @param type file or directory
 * @param path from the repository's root; what a hub sends is not yet known to be harmless
 * @param size length of the content, bytes; 0 for a directory
 * @param oid git's object id: of a regular file the sha1 of {@code "blob " + length + "\0" +
 *     content}, of a large one that of its pointer, which says nothing of the content
 * @param lfs present for a large file
 * @param xetHash where the Xet store has it; a mirror leaves it out
 * @param lastCommit only when asked with {@code expand}
 * @param securityFileStatus only when asked with {@code expand}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TreeEntry(
    EntryType type,
    String path,
    @JsonProperty(required = true) long size,
    String oid,
    Optional<LargeFile> lfs,
    Optional<String> xetHash,
    Optional<LastCommit> lastCommit,
    Optional<SecurityFileStatus> securityFileStatus) {

  /** Refuses an entry without type, path or oid, or of a negative size. */
  public TreeEntry {
    Fields.required(type, "type");
    Fields.required(path, "path");
    Fields.required(oid, "oid");
    Fields.notNegative(size, "size");
    lfs = Fields.optional(lfs);
    xetHash = Fields.optional(xetHash);
    lastCommit = Fields.optional(lastCommit);
    securityFileStatus = Fields.optional(securityFileStatus);
  }

  /** A regular file, known by its git sha1. */
  public static TreeEntry regular(String path, long sizeBytes, String gitSha1) {
    return plain(EntryType.FILE, path, sizeBytes, gitSha1, Optional.empty());
  }

  /**
   * A large file, known by its sha256.
   *
   * @param pointerSha1 git sha1 of the pointer
   */
  public static TreeEntry large(String path, String pointerSha1, LargeFile content) {
    return plain(EntryType.FILE, path, content.size(), pointerSha1, Optional.of(content));
  }

  /** A folder. */
  public static TreeEntry directory(String path, String oid) {
    return plain(EntryType.DIRECTORY, path, 0, oid, Optional.empty());
  }

  /** The same entry with what {@code expand} adds. */
  public TreeEntry expanded(LastCommit commit, SecurityFileStatus security) {
    return new TreeEntry(
        type, path, size, oid, lfs, xetHash, Optional.of(commit), Optional.of(security));
  }

  /** The content's sha256, which only a large file states. */
  @JsonIgnore
  public Optional<String> sha256() {
    return lfs.map(LargeFile::oid);
  }

  /** The content's git sha1, which only a regular file states. */
  @JsonIgnore
  public Optional<String> gitSha1() {
    return type == EntryType.FILE && lfs.isEmpty() ? Optional.of(oid) : Optional.empty();
  }

  /** Length of the content, bytes; of a large file that of the content, never of its pointer. */
  @JsonIgnore
  public long contentBytes() {
    return lfs.map(LargeFile::size).orElse(size);
  }

  private static TreeEntry plain(
      EntryType type, String path, long size, String oid, Optional<LargeFile> lfs) {
    return new TreeEntry(
        type, path, size, oid, lfs, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
