package io.modeldepot.backup.save;

import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.BlockCrcs;
import io.modeldepot.store.blob.Digests;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Saves one content, from whichever place on the volume has it whole. */
final class ContentSaver {
  private final ModelStore store;
  private final FileCalls calls;
  private final BlockPacking packing;
  private final LongConsumer done;

  /**
   * @param done told how many bytes were read
   */
  ContentSaver(ModelStore store, BlockPacking packing, LongConsumer done) {
    this.store = store;
    this.calls = store.volume().calls();
    this.packing = packing;
    this.done = done;
  }

  /**
   * Saves a content.
   *
   * @throws WrongBytes if no place has it as it was verified; the message says what is wrong with
   *     the last one
   */
  SavedContent save(Inventory.Wanted wanted) throws IOException, InterruptedException {
    List<Path> places = new ArrayList<>(wanted.paths());
    store.blobs().find(wanted.sha256(), wanted.sizeBytes()).ifPresent(places::add);
    WrongBytes last = new WrongBytes("it is not on the volume any more");
    for (Path place : places) {
      try {
        return new SavedContent(wanted.sizeBytes(), blocks(wanted, place));
      } catch (WrongBytes e) {
        last = new WrongBytes(store.layout().shown(place) + ": " + e.getMessage());
      } catch (FileCallFailed e) {
        if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR && e.errno() != Errno.EIO) {
          throw e;
        }
        last = new WrongBytes(store.layout().shown(place) + ": " + e.getMessage());
      }
    }
    throw last;
  }

  private List<BlockId> blocks(Inventory.Wanted wanted, Path place)
      throws IOException, InterruptedException {
    Optional<BlockCrcs> crcs = crcs(wanted);
    if (crcs.isEmpty() && !Digests.of(calls, place).sha256().equals(wanted.sha256())) {
      throw new WrongBytes("its bytes are not those that were verified");
    }
    try (OpenFile open = calls.openForReading(place)) {
      if (open.size() != wanted.sizeBytes()) {
        throw new WrongBytes("it has " + open.size() + " bytes, not " + wanted.sizeBytes());
      }
      List<Future<BlockId>> underWay = new ArrayList<>();
      try {
        int count = BlockCrcs.count(wanted.sizeBytes());
        for (int block = 0; block < count; block++) {
          long at = (long) block * FrameEncoder.BLOCK_BYTES;
          int length = (int) Math.min(FrameEncoder.BLOCK_BYTES, wanted.sizeBytes() - at);
          int number = block;
          underWay.add(packing.block(open, at, length, crcs.map(c -> c.get(number))));
        }
        return collect(underWay, wanted.sizeBytes());
      } finally {
        settle(underWay);
      }
    }
  }

  private List<BlockId> collect(List<Future<BlockId>> underWay, long sizeBytes)
      throws IOException, InterruptedException {
    List<BlockId> ids = new ArrayList<>();
    for (Future<BlockId> one : underWay) {
      ids.add(result(one));
      long before = (long) (ids.size() - 1) * FrameEncoder.BLOCK_BYTES;
      done.accept(Math.min(FrameEncoder.BLOCK_BYTES, sizeBytes - before));
    }
    return ids;
  }

  /** Nobody reads from the file any more when this returns. */
  private static void settle(List<Future<BlockId>> underWay) throws InterruptedException {
    for (Future<BlockId> one : underWay) {
      try {
        BlockId unused = one.get();
      } catch (ExecutionException e) {
        // Told by whoever collected it.
        continue;
      }
    }
  }

  private static BlockId result(Future<BlockId> one) throws IOException, InterruptedException {
    try {
      return one.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IllegalStateException("A block was not packed.", e);
      }
    }
  }

  private static Optional<BlockCrcs> crcs(Inventory.Wanted wanted) {
    Optional<Blocks> blocks = wanted.file().blocks();
    try {
      return blocks.map(known -> BlockCrcs.of(known, wanted.sizeBytes()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
