package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.RemoteFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to bring in.
 *
 * @param remote where it comes from; knows path, size and the digest the hub promised
 * @param part where it goes. Created if it is not there, never truncated and never longer than the
 *     file: reserve its space before. One writer at a time
 * @param inherited blocks that an earlier run wrote into this very part and journaled
 * @param known of which pieces it is made and where some of them are, if that is known
 */
public record FileTask(
    RemoteFile remote, Path part, InheritedBlocks inherited, Optional<KnownPieces> known) {

  /** A file of whose pieces nothing is known. */
  public FileTask(RemoteFile remote, Path part, InheritedBlocks inherited) {
    this(remote, part, inherited, Optional.empty());
  }

  /** A file of which nothing is there yet. */
  public static FileTask fresh(RemoteFile remote, Path part) {
    return new FileTask(remote, part, InheritedBlocks.none());
  }

  /** Path in the repository; names the file in results and progress. */
  public String path() {
    return remote.file().path();
  }

  public long sizeBytes() {
    return remote.file().sizeBytes();
  }
}
