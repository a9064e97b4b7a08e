package io.modeldepot.registry.downloads;

import io.modeldepot.events.state.DownloadState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The arithmetic of a request's state over its locations. */
final class States {
  /** What one location alone decides, the worst first. */
  private static final List<DownloadState> ENDS =
      List.of(
          DownloadState.FAILED,
          DownloadState.EXPIRED,
          DownloadState.CANCELLED,
          DownloadState.PLANNED,
          DownloadState.DONE);

  private States() {}

  /** Whether a state never changes. */
  static boolean isFinal(DownloadState state) {
    return ENDS.contains(state);
  }

  static boolean isFinal(String word) {
    return isFinal(of(word));
  }

  /**
   * The state of a request from those of its locations: while one of them goes on, the one that is
   * furthest behind; at the end the worst.
   *
   * @param each the states known
   * @param expected how many there will be
   */
  static DownloadState together(Collection<DownloadState> each, int expected) {
    if (each.isEmpty()) {
      return DownloadState.REQUESTED;
    }
    boolean ended = each.stream().allMatch(States::isFinal);
    if (ended && each.size() >= expected) {
      return each.stream().min(Comparator.comparingInt(ENDS::indexOf)).orElseThrow();
    }
    return each.stream()
        .filter(state -> !isFinal(state))
        .min(Comparator.naturalOrder())
        .orElse(DownloadState.REQUESTED);
  }

  static String word(DownloadState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static DownloadState of(String word) {
    return DownloadState.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
