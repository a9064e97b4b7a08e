package io.modeldepot.downloader.transfer;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.chunk.ChunkList;
import java.util.Optional;

/** How it ended for one file. */
public sealed interface FileOutcome {

  FileTask file();

  /**
   * All bytes are in the part and their digest is what the hub promised ({@code SELF}: it promised
   * nothing). Not yet synced to the disk.
   *
   * @param gitSha1 computed when the hub promised one
   * @param blocks CRC32C of every block, as the manifest wants them
   * @param pieces of which it is made; of large files
   */
  record Verified(
      FileTask file,
      Sha256 sha256,
      Optional<GitSha1> gitSha1,
      VerifiedBy verifiedBy,
      Blocks blocks,
      Optional<ChunkList> pieces)
      implements FileOutcome {}

  /** All bytes are in the part and they are wrong. Fetch again into a new part, once. */
  record Mismatched(FileTask file, String expected, String actual) implements FileOutcome {}

  /** The hub has another file there now. The part mixes both and is worth nothing. */
  record Changed(FileTask file, String expected, String actual) implements FileOutcome {}

  /** It could not be brought in; {@link TransferFailure#isTransient} says whether to try later. */
  record Failed(FileTask file, TransferFailure failure) implements FileOutcome {}

  /**
   * Nothing is wrong with this file: the transfer was cancelled, or stopped because another failed.
   */
  record Stopped(FileTask file) implements FileOutcome {}
}
