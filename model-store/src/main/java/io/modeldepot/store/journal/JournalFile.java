package io.modeldepot.store.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import java.util.Optional;

/**
 * One file of a download.
 *
 * @param path in the repository
 * @param sizeBytes length
 * @param sha256 what the hub says, or what was computed
 * @param gitSha1 what the hub says
 * @param etag of the content being fetched; another one later means another content
 * @param part relative to the claim's work directory, for example {@code parts/0001}
 * @param blocksDone written, and digested into {@code crc32c}
 * @param crc32c CRC32C per block in order, base64 of 4 bytes each, big endian; 0 where not done
 * @param reused bytes that were on the volume already: nothing is fetched
 * @param failures how often its digest was wrong
 */
public record JournalFile(
    String path,
    @JsonProperty(required = true) long sizeBytes,
    Optional<Sha256> sha256,
    Optional<GitSha1> gitSha1,
    Optional<String> etag,
    Optional<String> part,
    Optional<BlockRanges> blocksDone,
    Optional<String> crc32c,
    boolean reused,
    int failures) {

  /** Refuses what is missing. */
  public JournalFile {
    Components.required(path, "path");
    Components.notNegative(sizeBytes, "sizeBytes");
    sha256 = Components.optional(sha256);
    gitSha1 = Components.optional(gitSha1);
    etag = Components.optional(etag);
    part = Components.optional(part);
    blocksDone = Components.optional(blocksDone);
    crc32c = Components.optional(crc32c);
  }
}
