package io.modeldepot.registry.maintenance;

import io.modeldepot.events.state.MaintenanceState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The arithmetic of a request's state over its locations. */
final class WorkStates {
  /** The worst first. */
  private static final List<MaintenanceState> ENDS =
      List.of(
          MaintenanceState.FAILED,
          MaintenanceState.EXPIRED,
          MaintenanceState.PLANNED,
          MaintenanceState.DONE);

  private WorkStates() {}

  static boolean isFinal(MaintenanceState state) {
    return ENDS.contains(state);
  }

  /**
   * While one location goes on, the state of the one that is furthest behind; at the end the worst.
   *
   * @param each the states known
   * @param expected how many there will be
   */
  static MaintenanceState together(Collection<MaintenanceState> each, int expected) {
    if (each.isEmpty()) {
      return MaintenanceState.ACCEPTED;
    }
    if (each.size() >= expected && each.stream().allMatch(WorkStates::isFinal)) {
      return each.stream().min(Comparator.comparingInt(ENDS::indexOf)).orElseThrow();
    }
    return each.stream()
        .filter(state -> !isFinal(state))
        .min(Comparator.naturalOrder())
        .orElse(MaintenanceState.ACCEPTED);
  }

  static String word(MaintenanceState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
