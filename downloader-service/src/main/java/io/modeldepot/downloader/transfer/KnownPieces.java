package io.modeldepot.downloader.transfer;

import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.Overlap;
import java.nio.file.Path;

/**
 * What is known of the pieces of a file that is to come in: of which it is made, and which of them
 * another file here has. Believed as little as a mirror: each piece is compared when it is taken,
 * and the digest of the whole decides.
 *
 * @param overlap the pieces of the file, and what the other one has of them
 * @param base the other one, an earlier version
 */
public record KnownPieces(Overlap overlap, Path base) {

  /** The pieces of the file that is to come in. */
  ChunkList list() {
    return overlap.target();
  }
}
