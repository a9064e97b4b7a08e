package io.modeldepot.placement.fleet;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks things up in lists that are sorted by a key, by halving. */
public final class Sorted {
  private Sorted() {}

  /** The first one whose key is not below this; the size of the list if there is none. */
  public static <T, K extends Comparable<? super K>> int firstFrom(
      List<T> sorted, Function<T, K> key, K wanted) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key.apply(sorted.get(middle)).compareTo(wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The one with this key. */
  public static <T, K extends Comparable<? super K>> Optional<T> find(
      List<T> sorted, Function<T, K> key, K wanted) {
    int at = firstFrom(sorted, key, wanted);
    return at < sorted.size() && key.apply(sorted.get(at)).equals(wanted)
        ? Optional.of(sorted.get(at))
        : Optional.empty();
  }
}
