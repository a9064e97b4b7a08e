package io.modeldepot.placement.fleet;

import io.modeldepot.events.terms.LocationName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GPU as it may be planned with.
 *
 * @param location whose volume its host mounts
 * @param id which
 * @param kind its equals
 * @param usableBytes total times utilisation; nobody multiplies again
 * @param reservation what of that is somebody else's
 * @param measuredBytes what runs there takes, where the host measures
 * @param condition whether it may be planned with
 */
public record FleetGpu(
    LocationName location,
    GpuId id,
    GpuKind kind,
    long usableBytes,
    Optional<Reservation> reservation,
    OptionalLong measuredBytes,
    Condition condition) {

  /** Refuses more usable than there is. */
  public FleetGpu {
    if (usableBytes < 0 || usableBytes > kind.memoryBytes()) {
      throw new IllegalArgumentException(
          "%s: %d of %d bytes cannot be usable".formatted(id, usableBytes, kind.memoryBytes()));
    }
  }

  /** A GPU without wishes, ready. */
  public static FleetGpu ready(LocationName location, GpuId id, GpuKind kind, long usableBytes) {
    return new FleetGpu(
        location,
        id,
        kind,
        usableBytes,
        Optional.empty(),
        OptionalLong.empty(),
        new Condition.Ready());
  }

  /** What models may take together. */
  public long plannableBytes() {
    return Math.max(0, usableBytes - reservation.map(Reservation::bytes).orElse(0L));
  }

  /** The same in this condition. */
  public FleetGpu in(Condition other) {
    return new FleetGpu(location, id, kind, usableBytes, reservation, measuredBytes, other);
  }

  /** The same with this much reserved. */
  public FleetGpu reserving(Reservation some) {
    return new FleetGpu(
        location, id, kind, usableBytes, Optional.of(some), measuredBytes, condition);
  }

  /** The same with nothing reserved. */
  public FleetGpu unreserved() {
    return new FleetGpu(
        location, id, kind, usableBytes, Optional.empty(), measuredBytes, condition);
  }

  /** The same, whatever was measured. */
  public FleetGpu unmeasured() {
    return new FleetGpu(
        location, id, kind, usableBytes, reservation, OptionalLong.empty(), condition);
  }
}
