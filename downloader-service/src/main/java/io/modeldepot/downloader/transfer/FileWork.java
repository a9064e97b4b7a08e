package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.hub.header.RequestedRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of a running transfer: its part, its blocks, who fetches what of it, how it ended.
 * Everything but the bytes and digests themselves is guarded by {@link TransferRun}'s lock.
 */
final class FileWork {
  final FileTask task;
  final BlockMap blocks;
  final FileDigests digests;
  private final List<Lease> leases = new ArrayList<>();
  private final int inheritedBlocks;
  private final Optional<PieceOffsets> offsets;
  private @Nullable FileChannel part;
  private @Nullable BaseFile base;
  private @Nullable FileOutcome outcome;
  private boolean hashing;
  private boolean rangesIgnored;
  private volatile boolean asksOneByOne;
  private long lostBytes;
  private long shownBytes;

  FileWork(FileTask task) {
    this.task = task;
    this.blocks = new BlockMap(task.sizeBytes(), task.inherited());
    this.digests = new FileDigests(task.remote().file());
    this.offsets = task.known().map(known -> new PieceOffsets(known.list()));
    this.inheritedBlocks = task.inherited().crc32cByBlock().headMap(blocks.count(), false).size();
  }

  void open() throws IOException {
    part =
        FileChannel.open(
            task.part(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (task.known().isPresent()) {
      base = baseIfThere(task.known().get(), offsets.orElseThrow());
    }
  }

  /** An earlier version that was removed meanwhile saves nothing, and that is all. */
  private static @Nullable BaseFile baseIfThere(KnownPieces known, PieceOffsets offsets) {
    try {
      return BaseFile.open(known, offsets);
    } catch (IOException e) {
      return null;
    }
  }

  /** What pieces can be taken from, if there is such. */
  Optional<BaseFile> base() {
    return Optional.ofNullable(base);
  }

  /** Compares what one connection brings with the pieces it should be, where they are known. */
  Optional<PieceWatch> watch() {
    return task.known().map(known -> new PieceWatch(known.list(), offsets.orElseThrow()));
  }

  FileChannel part() {
    if (part == null) {
      throw new IllegalStateException("Not begun: " + task.path());
    }
    return part;
  }

  /**
   * Closes the part; idempotent. The kernel has all bytes already, so a failing close loses none.
   */
  void close() {
    try {
      if (part != null) {
        part.close();
      }
      if (base != null) {
        base.close();
      }
    } catch (IOException e) {
      part = null;
    }
  }

  /** How many ranges may be asked for at once. */
  int mostRanges() {
    return asksOneByOne ? 1 : RequestedRange.MOST_PARTS;
  }

  /** Whoever has the file sends everything where several ranges are asked for. */
  void askOneByOne() {
    asksOneByOne = true;
  }

  Optional<Lease> take(int mostBlocks, int window, int sharers) {
    if (outcome != null || (rangesIgnored && !leases.isEmpty())) {
      return Optional.empty();
    }
    if (rangesIgnored) {
      return blocks.anyMissing() ? Optional.of(leaseWhole()) : Optional.empty();
    }
    return blocks.take(mostBlocks, window, sharers).map(run -> lease(run, Lease.Kind.RANGE));
  }

  /** The hub ignores ranges: one reader takes everything, what others fetch is theirs no more. */
  Optional<Lease> insteadWhole(Lease lease) {
    if (lease.revoked() || outcome != null) {
      return Optional.empty();
    }
    rangesIgnored = true;
    for (Lease other : List.copyOf(leases)) {
      other.revoke();
      end(other);
    }
    return Optional.of(leaseWhole());
  }

  private Lease leaseWhole() {
    blocks.takeAll();
    return lease(new BlockMap.Run(0, blocks.count()), Lease.Kind.WHOLE);
  }

  private Lease lease(BlockMap.Run run, Lease.Kind kind) {
    Lease lease = new Lease(this, run, kind);
    leases.add(lease);
    return lease;
  }

  /** Ends a lease; what it did not finish is missing again. */
  void end(Lease lease) {
    if (leases.remove(lease)) {
      blocks.giveBack(lease.run());
    }
  }

  boolean tryBeginHashing() {
    boolean begin =
        !hashing && outcome == null && (blocks.hashable().isPresent() || blocks.allHashed());
    hashing |= begin;
    return begin;
  }

  void endHashing() {
    hashing = false;
  }

  void lost(int block) {
    lostBytes += blocks.sizeBytes(block);
    shownBytes = 0;
    blocks.lost(block);
  }

  Optional<FileOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  boolean verified() {
    return outcome instanceof FileOutcome.Verified;
  }

  /** The first outcome counts. */
  void finish(FileOutcome ended) {
    if (outcome == null) {
      outcome = ended;
    }
  }

  void failed(HubFailure failure) {
    finish(
        failure instanceof HubFailure.Changed changed
            ? new FileOutcome.Changed(task, changed.expected(), changed.actual())
            : new FileOutcome.Failed(task, new TransferFailure.AtHub(failure)));
  }

  /** All is hashed: compares with what the hub promised. */
  FileOutcome verdict() {
    RepositoryFile promised = task.remote().file();
    Sha256 sha256 = digests.sha256();
    Optional<GitSha1> gitSha1 = digests.gitSha1();
    if (promised.sha256().isPresent() && !promised.sha256().get().equals(sha256)) {
      return new FileOutcome.Mismatched(task, promised.sha256().get().value(), sha256.value());
    }
    if (!promised.gitSha1().equals(gitSha1)) {
      return new FileOutcome.Mismatched(
          task,
          promised.gitSha1().map(GitSha1::value).orElse("none"),
          gitSha1.map(GitSha1::value).orElse("none"));
    }
    VerifiedBy by =
        promised.sha256().isPresent()
            ? VerifiedBy.SHA256
            : gitSha1.isPresent() ? VerifiedBy.GIT_SHA1 : VerifiedBy.SELF;
    return new FileOutcome.Verified(task, sha256, gitSha1, by, blocks.blocks(), digests.pieces());
  }

  /** Bytes that are there: whole blocks, and what is there of those that come in. */
  long doneBytes() {
    return blocks.doneBytes() + leases.stream().mapToLong(Lease::unfinishedBytes).sum();
  }

  /**
   * The same for whoever watches. A block that has to begin again, because its connection was given
   * up or the hub turned out to ignore ranges, holds the figure up until it has caught up.
   */
  long shownBytes() {
    shownBytes = Math.max(shownBytes, doneBytes());
    return shownBytes;
  }

  long reusedBytes() {
    long inherited = 0;
    for (int block : task.inherited().crc32cByBlock().headMap(blocks.count(), false).keySet()) {
      inherited += blocks.sizeBytes(block);
    }
    return inheritedBlocks == 0 ? 0 : inherited - lostBytes;
  }
}
