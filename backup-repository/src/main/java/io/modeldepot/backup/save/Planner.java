package io.modeldepot.backup.save;

import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.frame.FrameEncoder;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a backup would cost, and changes nothing. */
public final class Planner {
  private static final int TRIALS = 6;
  private static final double RATIO_UNTRIED = 0.70;
  private static final long BYTES_PER_SECOND_UNTRIED = 200_000_000;

  private final ModelStore store;
  private final Optional<Repository> repository;

  /**
   * @param repository where to; empty: one that is still to be made
   */
  public Planner(ModelStore store, Optional<Repository> repository) {
    this.store = store;
    this.repository = repository;
  }

  /** A few blocks that were packed. */
  private record Trial(long rawBytes, long packedBytes, long nanos) {}

  /** Plans a backup. */
  public BackupPlan plan(Scope scope, int threads) throws IOException {
    Inventory inventory = Inventory.of(store, scope);
    Map<Sha256, SavedContent> known =
        repository.isPresent()
            ? new Known(repository.get().snapshots(), repository.get().index()).contents()
            : Map.of();
    List<Inventory.Wanted> fresh =
        inventory.contents().stream().filter(w -> !known.containsKey(w.sha256())).toList();
    long newBytes = fresh.stream().mapToLong(Inventory.Wanted::sizeBytes).sum();
    Trial trial = trial(fresh, newBytes);
    boolean tried = trial.rawBytes() > 0;
    double ratio = tried ? (double) trial.packedBytes() / trial.rawBytes() : RATIO_UNTRIED;
    double perSecond =
        tried
            ? trial.rawBytes() * 1e9 / Math.max(1, trial.nanos()) * threads
            : BYTES_PER_SECOND_UNTRIED;
    return new BackupPlan(
        inventory.files(),
        inventory.bytes(),
        newBytes,
        Math.round(newBytes * ratio),
        Math.round(newBytes * 1000 / perSecond),
        repository.isPresent()
            ? repository.get().storage().freeBytes()
            : java.util.OptionalLong.empty(),
        inventory.leftOut().size());
  }

  /** Reads and packs blocks at even distances; what cannot be read is no part of the trial. */
  private Trial trial(List<Inventory.Wanted> fresh, long newBytes) {
    long step = Math.max(1, newBytes / TRIALS);
    long passed = 0;
    long next = step / 2;
    long raw = 0;
    long packed = 0;
    long begun = System.nanoTime();
    try (FrameEncoder encoder = new FrameEncoder()) {
      for (Inventory.Wanted wanted : fresh) {
        while (next < passed + wanted.sizeBytes()) {
          long at = (next - passed) / FrameEncoder.BLOCK_BYTES * FrameEncoder.BLOCK_BYTES;
          byte[] block = block(wanted, at);
          raw += block.length;
          packed += encoder.encode(block, block.length).length();
          next += step;
        }
        passed += wanted.sizeBytes();
      }
    }
    return new Trial(raw, packed, System.nanoTime() - begun);
  }

  private byte[] block(Inventory.Wanted wanted, long at) {
    int length = (int) Math.min(FrameEncoder.BLOCK_BYTES, wanted.sizeBytes() - at);
    byte[] block = new byte[length];
    try (OpenFile open = store.volume().calls().openForReading(wanted.paths().getFirst())) {
      int read = open.read(ByteBuffer.wrap(block), at);
      return read == length ? block : java.util.Arrays.copyOf(block, read);
    } catch (FileCallFailed e) {
      return new byte[0];
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
