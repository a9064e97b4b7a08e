package io.modeldepot.downloader.delta;

import io.modeldepot.downloader.delta.EarlierVersions.Found;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.hub.RemoteFile;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.transfer.KnownPieces;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.chunk.ChunkList;
import io.modeldepot.store.chunk.MalformedChunkList;
import io.modeldepot.store.chunk.Overlap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/** What of a file that is to come in is here already, piece by piece. Safe for threads. */
public final class Deltas {
  private static final Logger LOG = Logger.getLogger(Deltas.class);

  /** Less than this part of a file is not worth its many small ranges. */
  private static final double LEAST_SHARED = 0.05;

  private final ModelStore store;

  /** On the volume of this store. */
  public Deltas(ModelStore store) {
    this.store = store;
  }

  /**
   * Looks for pieces. Asks the mirrors of the file, and nobody if no earlier version is here.
   *
   * @return empty if the file has to be fetched whole: it is small, no mirror has its list, no
   *     earlier version is here or it shares next to nothing
   */
  public Optional<KnownPieces> of(ModelName model, RemoteFile remote, CancelToken cancel) {
    RepositoryFile file = remote.file();
    try {
      if (file.sha256().isEmpty() || !store.chunkLists().isListed(file.sizeBytes())) {
        return Optional.empty();
      }
      Optional<Found> base = new EarlierVersions(store, model).file(file.path());
      if (base.isEmpty()) {
        return Optional.empty();
      }
      Optional<ChunkList> target = list(remote, cancel);
      if (target.isEmpty()) {
        return Optional.empty();
      }
      Overlap overlap = Overlap.of(list(base.get(), cancel), target.get());
      return overlap.sharedBytes() < LEAST_SHARED * file.sizeBytes()
          ? Optional.empty()
          : Optional.of(told(overlap, file, base.get().path()));
    } catch (IOException e) {
      LOG.infof("%s of %s is fetched whole: %s", file.path(), model, e.getMessage());
      return Optional.empty();
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private KnownPieces told(Overlap overlap, RepositoryFile file, Path base) {
    LOG.infof(
        "%d of %d bytes of %s are in %s and are not fetched.",
        overlap.sharedBytes(), file.sizeBytes(), file.path(), store.layout().shown(base));
    return new KnownPieces(overlap, base);
  }

  /** Of which pieces the mirrors say the file is made; a list of something else is none. */
  private static Optional<ChunkList> list(RemoteFile remote, CancelToken cancel) {
    RepositoryFile file = remote.file();
    if (!(remote.chunkList(cancel) instanceof HubResult.Found<byte[]>(byte[] bytes))) {
      return Optional.empty();
    }
    try {
      ChunkList list = ChunkList.of(bytes);
      return Optional.of(list)
          .filter(
              it ->
                  file.sha256().equals(Optional.of(it.sha256()))
                      && it.sizeBytes() == file.sizeBytes());
    } catch (MalformedChunkList e) {
      LOG.infof("The list of %s that a mirror sent is none: %s", file.path(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Made now if the version was published before there were lists, or came in another way. */
  private ChunkList list(Found base, CancelToken cancel) throws IOException {
    Optional<ChunkList> kept = store.chunkLists().find(base.sha256(), base.sizeBytes());
    return kept.isPresent()
        ? kept.get()
        : store
            .chunkLists()
            .make(
                base.path(),
                base.sha256(),
                bytes -> {
                  if (cancel.isCancelled()) {
                    throw new CancellationException("Stopped as ordered.");
                  }
                });
  }
}
