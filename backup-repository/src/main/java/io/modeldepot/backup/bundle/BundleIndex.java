package io.modeldepot.backup.bundle;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The index of a bundle. Its contents, one after the other without anything between them, are one
 * stream of bytes; the parts are that stream, cut every {@code partBytes}.
 *
 * @param format 1
 * @param id the same for the same versions, contents and cuts
 * @param createdAt when its making began
 * @param volumeId where it was made
 * @param versions what it brings
 * @param contents in the order of the stream: manifests and signatures first
 * @param needed what the far side must have: left out because its inventory names it
 * @param againstVolumeId whose inventory that was
 * @param partBytes length of every part but the last
 * @param contentBytes length of the stream
 * @param parts in order; all of them in a finished bundle
 */
public record BundleIndex(
    @JsonProperty(required = true) int format,
    String id,
    Instant createdAt,
    UUID volumeId,
    List<BundledVersion> versions,
    List<BundledContent> contents,
    List<BundledContent> needed,
    Optional<UUID> againstVolumeId,
    @JsonProperty(required = true) long partBytes,
    @JsonProperty(required = true) long contentBytes,
    List<BundlePart> parts) {

  /** The format this code writes, and the newest it reads. */
  public static final int FORMAT = 1;

  /** The shortest that parts may be cut to, in bytes. */
  public static final long LEAST_PART_BYTES = 1 << 20;

  /** The longest, in bytes: what FAT32 holds. */
  public static final long MOST_PART_BYTES = (1L << 32) - 1;

  private static final int MOST_PARTS = 99_999;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  /**
   * @throws IllegalArgumentException if it contradicts itself
   */
  public BundleIndex {
    require(id != null && ID.matcher(id).matches(), "The id is 16 hexadecimal digits.");
    require(createdAt != null && volumeId != null, "It says when and where it was made.");
    versions = versions == null ? List.of() : List.copyOf(versions);
    contents = contents == null ? List.of() : List.copyOf(contents);
    needed = needed == null ? List.of() : List.copyOf(needed);
    parts = parts == null ? List.of() : List.copyOf(parts);
    againstVolumeId = againstVolumeId == null ? Optional.empty() : againstVolumeId;
    require(!versions.isEmpty(), "It brings at least one version.");
    require(!contents.isEmpty(), "It brings the manifest of each version.");
    require(
        partBytes >= LEAST_PART_BYTES && partBytes <= MOST_PART_BYTES,
        "Parts have from 1 MiB to 4 GiB less a byte.");
    require(contentBytes == sum(contents), "The stream is as long as its contents.");
    require(partCount(contentBytes, partBytes) <= MOST_PARTS, "It has at most 99,999 parts.");
    requireOnce(versions, contents, needed);
    requireInOrder(parts, partBytes, contentBytes);
  }

  private static void requireOnce(
      List<BundledVersion> versions, List<BundledContent> contents, List<BundledContent> needed) {
    Set<Object> seen = new HashSet<>();
    for (BundledVersion version : versions) {
      require(seen.add(version.model() + "@" + version.commit()), "Every version is there once.");
    }
    for (BundledContent content : contents) {
      require(seen.add(content.sha256()), "Every content is there once.");
    }
    for (BundledContent content : needed) {
      require(seen.add(content.sha256()), "No content is brought and needed, or needed twice.");
    }
  }

  private static void requireInOrder(List<BundlePart> parts, long partBytes, long contentBytes) {
    require(parts.size() <= partCount(contentBytes, partBytes), "It has parts without content.");
    for (int i = 0; i < parts.size(); i++) {
      boolean fits =
          parts.get(i).file().equals(BundleNames.part(i + 1))
              && parts.get(i).sizeBytes() == length(i + 1, partBytes, contentBytes);
      require(fits, "Part " + (i + 1) + " has another name or length than it must have.");
    }
  }

  private static void require(boolean holds, String law) {
    if (!holds) {
      throw new IllegalArgumentException(law);
    }
  }

  private static long sum(List<BundledContent> contents) {
    long sum = 0;
    for (BundledContent content : contents) {
      try {
        sum = Math.addExact(sum, content.sizeBytes());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException("Its contents are longer than any stream.", e);
      }
    }
    return sum;
  }

  private static long partCount(long contentBytes, long partBytes) {
    return contentBytes / partBytes + (contentBytes % partBytes == 0 ? 0 : 1);
  }

  private static long length(int number, long partBytes, long contentBytes) {
    return Math.min(partBytes, contentBytes - (number - 1) * partBytes);
  }

  /** How many parts a finished bundle has. */
  public int partCount() {
    return Math.toIntExact(partCount(contentBytes, partBytes));
  }

  /**
   * How long a part is.
   *
   * @param number from 1
   */
  public long lengthOf(int number) {
    return length(number, partBytes, contentBytes);
  }

  /** Whether every part is in it. */
  @JsonIgnore
  public boolean isFinished() {
    return parts.size() == partCount();
  }

  /** The same with these parts. */
  public BundleIndex with(List<BundlePart> written) {
    return new BundleIndex(
        format,
        id,
        createdAt,
        volumeId,
        versions,
        contents,
        needed,
        againstVolumeId,
        partBytes,
        contentBytes,
        written);
  }
}
