package io.modeldepot.registry.compare;

import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.registry.compare.Comparison.MemoryEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a change of shape means for memory. */
final class MemoryWords {
  private static final int BYTES = 2;

  private MemoryWords() {}

  /** Sentences about the longest context and the KV cache; empty where both stay. */
  static List<String> of(Optional<ModelProfile> from, Optional<ModelProfile> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return List.of();
    }
    List<String> said = new ArrayList<>();
    Optional<Integer> before = from.get().contextTokens();
    Optional<Integer> after = to.get().contextTokens();
    if (before.isPresent() && after.isPresent() && !before.equals(after)) {
      said.add(
          "context %d → %d: the KV cache per user %s"
              .formatted(before.get(), after.get(), times(before.get(), after.get())));
    }
    Optional<Long> kvBefore = kvBytesPerToken(from.get());
    Optional<Long> kvAfter = kvBytesPerToken(to.get());
    if (kvBefore.isPresent() && kvAfter.isPresent() && !kvBefore.equals(kvAfter)) {
      said.add(
          "KV cache per token %d → %d bytes: it %s"
              .formatted(kvBefore.get(), kvAfter.get(), times(kvBefore.get(), kvAfter.get())));
    }
    return said;
  }

  /** The verdict with the users that fit. */
  static String verdict(String verdict, List<MemoryEffect> effect) {
    if (effect.isEmpty()) {
      return verdict;
    }
    return verdict
        + "; "
        + effect.stream()
            .map(
                it ->
                    "%d users → %d on %s/%s"
                        .formatted(it.usersFrom(), it.usersTo(), it.host(), it.gpu()))
            .collect(Collectors.joining(", "));
  }

  /** Two tensors of 16-bit numbers per layer, KV head and head dimension. */
  private static Optional<Long> kvBytesPerToken(ModelProfile profile) {
    if (profile.layers().isEmpty() || profile.kvHeads().isEmpty() || profile.headSize().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        2L * profile.layers().get() * profile.kvHeads().get() * profile.headSize().get() * BYTES);
  }

  private static String times(long before, long after) {
    if (after == 2 * before) {
      return "doubles";
    }
    return before == 2 * after
        ? "halves"
        : String.format(Locale.ROOT, "is %.2f times what it was", (double) after / before);
  }
}
