package io.modeldepot.registry.capacity;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.LocationName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The last report of every location. */
@ApplicationScoped
public class Storages {
  private static final double NEARLY_FULL = 0.05;
  private static final double ROOM_AGAIN = 0.075;

  /** Whether little of a volume is free. */
  public static boolean isNearlyFull(StorageReported report) {
    return report.capacityBytes() > 0 && report.freeBytes() < report.capacityBytes() * NEARLY_FULL;
  }

  /** Whether clearly more is free than where it is nearly full: what swings between is neither. */
  public static boolean hasRoomAgain(StorageReported report) {
    return report.freeBytes() >= report.capacityBytes() * ROOM_AGAIN;
  }

  /** Takes a report, unless a later one is known. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(StorageReported report) {
    StorageRow row = StorageRow.findById(report.location().value(), LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      new StorageRow(report).persist();
      return true;
    }
    if (row.reportedAt.isAfter(report.reportedAt())) {
      return false;
    }
    row.take(report);
    return true;
  }

  /** The location is no more. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean forget(LocationName location) {
    return StorageRow.deleteById(location.value());
  }

  /** Every location's report, by name. */
  @Transactional
  public List<StorageReported> all() {
    return StorageRow.<StorageRow>list("order by location").stream()
        .map(StorageRow::report)
        .toList();
  }

  /** A location's report. */
  @Transactional
  public Optional<StorageReported> at(LocationName location) {
    return StorageRow.<StorageRow>findByIdOptional(location.value()).map(StorageRow::report);
  }

  /** The id of the volume that a location reports. */
  @Transactional
  public Optional<String> volumeId(String location) {
    return StorageRow.<StorageRow>findByIdOptional(location)
        .map(StorageRow::report)
        .map(StorageReported::volumeId);
  }
}
