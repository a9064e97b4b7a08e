package io.modeldepot.store.journal;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.Space;
import java.io.IOException;
import java.util.Optional;

/**
 * What is free for one more job. Where space can be reserved by allocating, the file system keeps
 * the ledger; elsewhere what open journals have still to write is subtracted.
 */
public final class SpaceLedger {
  private final Volume volume;
  private final Journals journals;

  /** The ledger of a volume. */
  public SpaceLedger(Volume volume) {
    this.volume = volume;
    this.journals = new Journals(volume);
  }

  /**
   * The state of the ledger.
   *
   * @param capacityBytes of the file system
   * @param freeBytes what a new job may take, reservations already gone
   * @param reservedBytes what running jobs reserved and have not written
   */
  public record Balance(long capacityBytes, long freeBytes, long reservedBytes) {}

  /** Counts now. */
  public Balance balance() throws IOException {
    Space space = volume.calls().space(volume.root());
    long reserved = 0;
    for (RequestId id : journals.claimed()) {
      reserved += reservedBytes(id);
    }
    long free =
        volume.capabilities().fallocate()
            ? space.usableBytes()
            : Math.max(0, space.usableBytes() - reserved);
    return new Balance(space.capacityBytes(), free, reserved);
  }

  private long reservedBytes(RequestId id) throws IOException {
    Optional<Journal> journal;
    try {
      journal = journals.read(id);
    } catch (UnreadableFile e) {
      return 0;
    }
    return journal.filter(SpaceLedger::holdsSpace).map(Journal::remainingBytes).orElse(0L);
  }

  private static boolean holdsSpace(Journal journal) {
    return switch (journal.state()) {
      case TRANSFERRING, WAITING, PUBLISHING -> !journal.files().isEmpty();
      case REQUESTED, RESOLVING, CHECKING, ANNOUNCING, JOINED, PLANNED -> false;
      case DONE, FAILED, CANCELLED, EXPIRED, UNKNOWN -> false;
    };
  }
}
