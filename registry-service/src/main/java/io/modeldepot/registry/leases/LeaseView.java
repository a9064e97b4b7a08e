package io.modeldepot.registry.leases;

import java.time.Instant;

/**
 * A lease as REST shows it.
 *
 * @param id to renew or to end it by
 * @param model model
 * @param commit the version that is held
 * @param location where
 * @param holder who says to use it
 * @param until when it ends by itself
 * @param createdAt since when
 */
public record LeaseView(
    String id,
    String model,
    String commit,
    String location,
    String holder,
    Instant until,
    Instant createdAt) {

  /** The same until another time. */
  LeaseView until(Instant later) {
    return new LeaseView(id, model, commit, location, holder, later, createdAt);
  }
}
