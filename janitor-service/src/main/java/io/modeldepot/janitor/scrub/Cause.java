package io.modeldepot.janitor.scrub;

import io.modeldepot.events.fact.FoundBy;

/** Who looked, and what follows. */
enum Cause {
  /** By itself, and nobody wants repairs of that. */
  SCRUB(FoundBy.SCRUB),
  /** By itself, and damage is to be repaired. */
  SCRUB_AND_REPAIR(FoundBy.SCRUB),
  /** Somebody asked. */
  VERIFY(FoundBy.VERIFY),
  /** Somebody asked, and wants damage repaired. */
  REPAIR(FoundBy.VERIFY);

  private final FoundBy foundBy;

  Cause(FoundBy foundBy) {
    this.foundBy = foundBy;
  }

  /** Whether damage is to be repaired. */
  boolean repairs() {
    return this == SCRUB_AND_REPAIR || this == REPAIR;
  }

  /** As events say it. */
  FoundBy foundBy() {
    return foundBy;
  }
}
