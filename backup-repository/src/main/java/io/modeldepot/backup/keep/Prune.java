package io.modeldepot.backup.keep;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.BlockReader;
import io.modeldepot.backup.pack.Location;
import io.modeldepot.backup.pack.Pack;
import io.modeldepot.backup.pack.PackEntry;
import io.modeldepot.backup.pack.PackWriter;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.repository.RepositoryLock;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.seal.BlockId;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.store.volume.FreshName;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Forgets backups that no rule keeps and removes packs that no backup needs. Everything it decides
 * it decides from all snapshots at once: one that cannot be read ends it before anything goes. A
 * pack goes only at the second of two looks at least a day apart. Stopped anywhere, every backup
 * that was kept is whole, and the next prune goes on.
 */
public final class Prune {
  private static final double WORTH_KEEPING = 0.60;

  private final Repository repository;
  private final Storage storage;
  private final Clock clock;

  /** A prune of a repository. */
  public Prune(Repository repository, Clock clock) {
    this.repository = repository;
    this.storage = repository.storage();
    this.clock = clock;
  }

  /**
   * Says what a prune would do, and changes nothing.
   *
   * @throws io.modeldepot.backup.pack.DamagedObject if a snapshot or a pin cannot be read
   */
  public PruneReport plan(Retention retention) throws IOException {
    long begun = System.nanoTime();
    Obsolete obsolete = Obsolete.read(storage);
    Judged judged = judge(retention);
    Uses uses = uses(judged.kept(), obsolete);
    Instant now = clock.instant();
    int removed = 0;
    long freed = 0;
    int waiting = 0;
    long waitingBytes = 0;
    for (Pack pack : uses.unneeded()) {
      if (obsolete.mayGo(pack.name(), now)) {
        removed++;
        freed += pack.sizeBytes();
      } else {
        waiting++;
        waitingBytes += pack.sizeBytes();
      }
    }
    return new PruneReport(
        judged.verdicts(),
        removed,
        freed,
        waiting,
        waitingBytes,
        uses.scant().size(),
        millisSince(begun));
  }

  /**
   * Prunes.
   *
   * @param instance who does it
   * @throws io.modeldepot.backup.repository.Locked if somebody else writes there
   * @throws io.modeldepot.backup.pack.DamagedObject if a snapshot or a pin cannot be read
   */
  public PruneReport run(Retention retention, String instance, RepositoryLock.Times times)
      throws IOException {
    long begun = System.nanoTime();
    try (RepositoryLock lock = RepositoryLock.take(storage, instance, "prune", times)) {
      Obsolete obsolete = Obsolete.read(storage);
      Judged judged = judge(retention);
      for (Snapshots.Named named : judged.forgotten()) {
        repository.snapshots().forget(named);
      }
      long swept = 0;
      for (String folder : List.of(Location.FOLDER, "index", "snapshots", "pins", "obsolete")) {
        swept += storage.sweep(folder);
      }
      Uses uses = uses(judged.kept(), obsolete);
      BlockIndex index = uses.index;
      List<Pack> scant = uses.scant();
      List<Pack> rewritten = rewrite(scant, uses, index);
      lock.requireHeld();
      Set<String> unneeded = new TreeSet<>();
      uses.unneeded().forEach(pack -> unneeded.add(pack.name()));
      // A copy that an interrupted prune left has the same name, and until now nobody needed it.
      rewritten.forEach(pack -> unneeded.remove(pack.name()));
      Instant now = clock.instant();
      // What was copied just now was needed until now: its day begins, whatever was written before.
      obsolete.retain(unneeded);
      scant.forEach(pack -> unneeded.add(pack.name()));
      obsolete.add(unneeded, now);
      int removed = 0;
      long freed = swept;
      long waitingBytes = 0;
      Map<String, Pack> left = new HashMap<>(index.packs());
      rewritten.forEach(pack -> left.put(pack.name(), pack));
      uses.requireWithout(
          unneeded.stream().filter(name -> obsolete.mayGo(name, now)).collect(Collectors.toSet()),
          left.values());
      for (String name : unneeded) {
        long size = index.packs().get(name) == null ? 0 : index.packs().get(name).sizeBytes();
        if (obsolete.mayGo(name, now)) {
          storage.delete(Location.object(name));
          left.remove(name);
          removed++;
          freed += size;
        } else {
          waitingBytes += size;
        }
      }
      gatherIndex(List.copyOf(left.values()));
      unneeded.retainAll(left.keySet());
      obsolete.retain(unneeded);
      return new PruneReport(
          judged.verdicts(),
          removed,
          freed,
          unneeded.size(),
          waitingBytes,
          scant.size(),
          millisSince(begun));
    }
  }

  /**
   * What becomes of the backups.
   *
   * @param verdicts one each
   * @param kept those that stay
   * @param forgotten those that go
   */
  private record Judged(
      List<Retention.Verdict> verdicts, List<Snapshot> kept, List<Snapshots.Named> forgotten) {}

  private Judged judge(Retention retention) throws IOException {
    Map<String, Snapshot> all = new HashMap<>();
    Map<String, Snapshots.Named> names = new HashMap<>();
    List<Retention.Candidate> candidates = new ArrayList<>();
    for (Snapshots.Named named : repository.snapshots().list()) {
      Snapshot snapshot = repository.snapshots().read(named);
      all.put(named.id(), snapshot);
      names.put(named.id(), named);
      candidates.add(
          new Retention.Candidate(
              named.id(), snapshot.time(), snapshot.location() + " " + snapshot.scope()));
    }
    Map<String, String> pins = new HashMap<>();
    new Pins(repository).all().forEach((id, pin) -> pins.put(id, pin.reason()));
    List<Retention.Verdict> verdicts = retention.judge(candidates, pins);
    List<Snapshot> kept = new ArrayList<>();
    List<Snapshots.Named> forgotten = new ArrayList<>();
    for (Retention.Verdict verdict : verdicts) {
      String id = verdict.candidate().id();
      Snapshot snapshot = all.get(id);
      Snapshots.Named named = names.get(id);
      if (verdict.kept() && snapshot != null) {
        kept.add(snapshot);
      } else if (named != null) {
        forgotten.add(named);
      }
    }
    return new Judged(verdicts, kept, forgotten);
  }

  /**
   * Who needs what. Where a block seems to be nowhere an index file may be wrong, and nothing goes
   * on its word: then the packs are asked.
   */
  private Uses uses(List<Snapshot> kept, Obsolete obsolete) throws IOException {
    Uses uses = Uses.of(kept, BlockIndex.load(storage, repository.seal(), obsolete.packs()));
    return uses.complete
        ? uses
        : Uses.of(kept, BlockIndex.ofPacks(storage, repository.seal(), obsolete.packs()));
  }

  /** Copies what is needed of packs that are mostly not; every block is unpacked and compared. */
  private List<Pack> rewrite(List<Pack> scant, Uses uses, BlockIndex index) throws IOException {
    if (scant.isEmpty()) {
      return List.of();
    }
    PackWriter packs = new PackWriter(storage, repository.seal());
    try (BlockReader reader = repository.reader()) {
      for (Pack pack : scant) {
        for (PackEntry entry : pack.entries()) {
          if (uses.needs(entry.id(), pack.name())) {
            Location at = index.find(entry.id()).orElseThrow();
            byte[] frame = reader.frame(entry.id(), at);
            packs.addSealed(entry.id(), frame, entry.rawLength());
          }
        }
      }
    }
    packs.flush();
    BlockIndex.put(storage, repository.seal(), "i-" + FreshName.eightHex(), packs.written());
    return packs.written();
  }

  /** One index file for all packs in the place of the many. */
  private void gatherIndex(List<Pack> packs) throws IOException {
    List<Storage.Stored> before = storage.list("index");
    BlockIndex.put(storage, repository.seal(), "i-" + FreshName.eightHex(), packs);
    for (Storage.Stored old : before) {
      storage.delete(old.name());
    }
  }

  private static long millisSince(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  /** Which packs the kept backups need, and how much of each. */
  private static final class Uses {
    private final BlockIndex index;
    private final Map<String, Set<BlockId>> needed = new HashMap<>();
    private final Map<String, Long> usedBytes = new HashMap<>();
    private boolean complete = true;

    private Uses(BlockIndex index) {
      this.index = index;
    }

    static Uses of(List<Snapshot> kept, BlockIndex index) {
      Uses uses = new Uses(index);
      Set<BlockId> seen = new HashSet<>();
      for (Snapshot snapshot : kept) {
        for (SavedContent content : snapshot.contents().values()) {
          for (BlockId id : content.blocks()) {
            if (seen.add(id)) {
              index.find(id).ifPresentOrElse(at -> uses.add(id, at), uses::lacksOne);
            }
          }
        }
      }
      return uses;
    }

    private void add(BlockId id, Location at) {
      needed.computeIfAbsent(at.pack(), p -> new HashSet<>()).add(id);
      usedBytes.merge(at.pack(), (long) at.length(), Long::sum);
    }

    private void lacksOne() {
      complete = false;
    }

    /** The last look: whatever was decided, nothing goes that leaves a backup without a block. */
    void requireWithout(Set<String> going, Collection<Pack> all) {
      Set<BlockId> staying = new HashSet<>();
      for (Pack pack : all) {
        if (!going.contains(pack.name())) {
          pack.entries().forEach(entry -> staying.add(entry.id()));
        }
      }
      for (Set<BlockId> ids : needed.values()) {
        for (BlockId id : ids) {
          if (!staying.contains(id)) {
            throw new IllegalStateException(
                "Block " + id + " would have been lost with one of " + going + "; nothing went.");
          }
        }
      }
    }

    boolean needs(BlockId id, String pack) {
      return needed.getOrDefault(pack, Set.of()).contains(id);
    }

    List<Pack> unneeded() {
      return index.packs().values().stream().filter(p -> !needed.containsKey(p.name())).toList();
    }

    List<Pack> scant() {
      return index.packs().values().stream()
          .filter(p -> needed.containsKey(p.name()))
          .filter(p -> usedBytes.getOrDefault(p.name(), 0L) < p.sizeBytes() * WORTH_KEEPING)
          .toList();
    }
  }
}
