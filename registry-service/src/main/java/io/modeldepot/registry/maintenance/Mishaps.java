package io.modeldepot.registry.maintenance;

import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.terms.ProblemCode;
import java.util.Set;

/** How it is told that work did not go well. */
public final class Mishaps {
  private static final Set<ProblemCode> THE_ASKERS =
      Set.of(ProblemCode.UNKNOWN_BACKUP, ProblemCode.STALE_PLAN);

  private Mishaps() {}

  /** Problems of whoever asked, who was told at once and asks for something else. */
  public static Set<ProblemCode> theAskers() {
    return THE_ASKERS;
  }

  /** Whether it is one of those. */
  public static boolean isTheAskers(ProblemCode code) {
    return THE_ASKERS.contains(code);
  }

  /** The work, at the beginning of a sentence. */
  public static String words(MaintenanceKind kind) {
    return switch (kind) {
      case CLEANUP -> "A cleanup";
      case ARCHIVE -> "An archiving";
      case SCRUB -> "A verification";
      case REPAIR -> "A repair";
      case BACKUP -> "A backup";
      case CHECK -> "A check of the backups";
      case PRUNE -> "Pruning the backups";
      case DRILL -> "A drill of a restore";
      case RESTORE -> "A restore";
      case UNKNOWN -> "A maintenance job";
    };
  }
}
