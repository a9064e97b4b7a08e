package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.Sha256;
import java.util.List;

/** One way in which a version differs from its manifest. */
public sealed interface Finding {
  /** The file, relative to the version's tree. */
  String path();

  /** The manifest has it and the tree has not. */
  record Missing(String path) implements Finding {}

  /**
   * Its bytes are others.
   *
   * @param expected what the manifest says
   * @param actual what was read
   * @param badBlocks blocks of 16 MiB that differ; empty where the manifest has no blocks or the
   *     length differs
   */
  record Altered(String path, Sha256 expected, Sha256 actual, List<Integer> badBlocks)
      implements Finding {}

  /** Its length is another; the bytes were not read. */
  record WrongSize(String path, long expectedBytes, long actualBytes) implements Finding {}

  /** The device refused to give it. */
  record Unreadable(String path, String why) implements Finding {}

  /** The tree has it and the manifest has not. */
  record Extra(String path) implements Finding {}

  /** Everybody may write to it, or its owner. */
  record WrongMode(String path, int mode) implements Finding {}

  /** Whether the version may no longer be served as it is. */
  default boolean isDamage() {
    return switch (this) {
      case Missing _, Altered _, WrongSize _, Unreadable _ -> true;
      case Extra _, WrongMode _ -> false;
    };
  }
}
