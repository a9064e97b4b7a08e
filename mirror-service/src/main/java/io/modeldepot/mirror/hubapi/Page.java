package io.modeldepot.mirror.hubapi;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a listing.
 *
 * @param items on this page
 * @param next where the next one begins; empty on the last
 */
record Page<T>(List<T> items, Optional<Integer> next) {

  /**
   * @param cursor what a link of ours carried, empty on the first page
   * @param limit how many the client wants, empty if it does not say
   * @param most how many a page may have
   * @throws Denied 400 if cursor or limit is no number that we would have given or taken
   */
  static <T> Page<T> of(List<T> all, String cursor, String limit, int most) {
    int from = number(cursor, 0, 0, Integer.MAX_VALUE, "cursor");
    int size = Math.min(most, number(limit, most, 1, Integer.MAX_VALUE, "limit"));
    int begin = Math.min(from, all.size());
    int end = (int) Math.min((long) begin + size, all.size());
    return new Page<>(
        List.copyOf(all.subList(begin, end)),
        end < all.size() ? Optional.of(end) : Optional.empty());
  }

  private static int number(String text, int otherwise, int least, int most, String name) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of range.
    }
    throw Denied.plain(400, "The parameter " + name + " is wrong");
  }
}
