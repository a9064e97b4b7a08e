package io.modeldepot.registry.compare;

import io.modeldepot.registry.compare.Side.FileDigest;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which files differ, by their digests.
 *
 * @param same in both, with the same bytes
 * @param changed in both, with other bytes or without a digest in common
 */
record FileChanges(
    List<String> same, List<String> changed, List<String> added, List<String> removed) {

  /** The files of two sides that are of a kind. */
  static FileChanges between(Side from, Side to, Predicate<String> kind) {
    SortedSet<String> paths = new TreeSet<>(from.files().keySet());
    paths.addAll(to.files().keySet());
    List<String> ofKind = paths.stream().filter(kind).toList();
    return new FileChanges(
        ofKind.stream().filter(path -> both(from, to, path) && same(from, to, path)).toList(),
        ofKind.stream().filter(path -> both(from, to, path) && !same(from, to, path)).toList(),
        ofKind.stream().filter(path -> !from.files().containsKey(path)).toList(),
        ofKind.stream().filter(path -> !to.files().containsKey(path)).toList());
  }

  boolean none() {
    return changed.isEmpty() && added.isEmpty() && removed.isEmpty();
  }

  /** All that differ, in order. */
  List<String> all() {
    return Stream.of(changed, added, removed).flatMap(List::stream).sorted().toList();
  }

  /** How many of the first side's files stay as they are: {@code 17 of 18}. */
  String share() {
    return "%d of %d".formatted(same.size(), same.size() + changed.size() + removed.size());
  }

  private static boolean both(Side from, Side to, String path) {
    return from.files().containsKey(path) && to.files().containsKey(path);
  }

  private static boolean same(Side from, Side to, String path) {
    FileDigest before = from.files().get(path);
    FileDigest after = to.files().get(path);
    return before != null && after != null && before.sameAs(after);
  }
}
