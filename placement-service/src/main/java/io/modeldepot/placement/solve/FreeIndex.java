package io.modeldepot.placement.solve;

import java.util.Arrays;

/**
 * The GPUs of each kind by what they have free, in steps of at most a 512th of the largest: found
 * and moved without looking at the others.
 */
final class FreeIndex {
  /** There is none. */
  static final int NONE = -1;

  private static final int STEPS = 512;
  private static final int WORDS = STEPS * 2 / Long.SIZE;

  private final int shift;
  private final int[] kindOf;
  private final int[] stepOf;
  private final int[][] first;
  private final long[][] filled;
  private final int[] next;
  private final int[] previous;

  FreeIndex(Problem problem) {
    long most = Arrays.stream(problem.capacity).max().orElse(1);
    shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(most / STEPS));
    kindOf = problem.kindOf;
    stepOf = new int[kindOf.length];
    next = new int[kindOf.length];
    previous = new int[kindOf.length];
    first = new int[problem.kinds.length][STEPS * 2];
    filled = new long[problem.kinds.length][WORDS];
    for (int[] steps : first) {
      Arrays.fill(steps, NONE);
    }
    for (int gpu = kindOf.length - 1; gpu >= 0; gpu--) {
      link(gpu, step(problem.capacity[gpu]));
    }
  }

  /** The step that so many bytes are in; above all where no GPU has so many. */
  int step(long bytes) {
    return (int) Math.min(top(), bytes >> shift);
  }

  /** So much is free on it now. */
  void moved(int gpu, long free) {
    int step = step(free);
    if (step != stepOf[gpu]) {
      unlink(gpu);
      link(gpu, step);
    }
  }

  /** The first step from this one on that has a GPU of that kind. */
  int stepFrom(int kind, int step) {
    long[] words = filled[kind];
    int word = step / Long.SIZE;
    if (word >= WORDS) {
      return NONE;
    }
    long bits = words[word] & -1L << step % Long.SIZE;
    while (bits == 0) {
      if (++word == WORDS) {
        return NONE;
      }
      bits = words[word];
    }
    return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
  }

  /** The last step before this one that has a GPU of that kind. */
  int stepBefore(int kind, int step) {
    long[] words = filled[kind];
    int word = (step - 1) / Long.SIZE;
    if (step <= 0) {
      return NONE;
    }
    long bits = words[word] & -1L >>> Long.SIZE - 1 - (step - 1) % Long.SIZE;
    while (bits == 0) {
      if (--word < 0) {
        return NONE;
      }
      bits = words[word];
    }
    return word * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
  }

  /** Above every step. */
  int top() {
    return STEPS * 2;
  }

  int firstIn(int kind, int step) {
    return first[kind][step];
  }

  /** The next in the same step. */
  int after(int gpu) {
    return next[gpu];
  }

  private void link(int gpu, int step) {
    int kind = kindOf[gpu];
    int old = first[kind][step];
    stepOf[gpu] = step;
    next[gpu] = old;
    previous[gpu] = NONE;
    if (old != NONE) {
      previous[old] = gpu;
    }
    first[kind][step] = gpu;
    filled[kind][step / Long.SIZE] |= 1L << step % Long.SIZE;
  }

  private void unlink(int gpu) {
    int kind = kindOf[gpu];
    int step = stepOf[gpu];
    if (previous[gpu] == NONE) {
      first[kind][step] = next[gpu];
      if (next[gpu] == NONE) {
        filled[kind][step / Long.SIZE] &= ~(1L << step % Long.SIZE);
      }
    } else {
      next[previous[gpu]] = next[gpu];
    }
    if (next[gpu] != NONE) {
      previous[next[gpu]] = previous[gpu];
    }
  }
}
