package io.modeldepot.placement.solve;

import io.modeldepot.placement.rules.Balance;
import io.modeldepot.placement.rules.Fragmentation;
import io.modeldepot.placement.rules.Spread;
import java.util.Arrays;

/**
 * A plan under work. Placing keeps every hard rule, or is refused by an exception: a state is never
 * oversold, not even for a moment. Whatever was done since a mark can be undone.
 */
final class State {
  private static final int[] NOWHERE = {};

  final Problem problem;
  private final int[] optionOf;
  private final int[][] gpusOf;
  private final long[] free;
  private final FreeIndex index;
  private final int[][] on;
  private final int[] onCount;
  private long value;
  private long soft;
  private long stability;
  private long tolls;
  private final Room room;
  private long roomWorth;

  private int[] logItem = new int[64];
  private int[] logOption = new int[64];
  private int[][] logGpus = new int[64][];
  private int logSize;

  State(Problem problem) {
    this(problem, Room.nothing(problem));
  }

  /**
   * Nothing is placed yet.
   *
   * @param room what free memory is worth
   */
  State(Problem problem, Room room) {
    this.problem = problem;
    this.room = room;
    for (int gpu = 0; gpu < problem.gpuCount(); gpu++) {
      roomWorth += room.worth(gpu, problem.capacity[gpu]);
    }
    this.optionOf = new int[problem.items.length];
    Arrays.fill(optionOf, -1);
    this.gpusOf = new int[problem.items.length][];
    Arrays.fill(gpusOf, NOWHERE);
    this.free = problem.capacity.clone();
    this.index = new FreeIndex(problem);
    this.on = new int[problem.gpuCount()][4];
    this.onCount = new int[problem.gpuCount()];
  }

  long value() {
    return value;
  }

  long soft() {
    return soft + stability;
  }

  /** What is served, less a toll for each running replica that is moved or restarted. */
  long score() {
    return value - tolls;
  }

  /** What is free, by its worth. */
  long roomWorth() {
    return roomWorth;
  }

  /** The worth of so much on that GPU. */
  long worth(int gpu, long bytes) {
    return room.worth(gpu, bytes);
  }

  /** How it is served; -1 if it is not. */
  int option(int item) {
    return optionOf[item];
  }

  boolean isPlaced(int item) {
    return optionOf[item] >= 0;
  }

  /** Ascending; must not be changed. */
  int[] gpus(int item) {
    return gpusOf[item];
  }

  long free(int gpu) {
    return free[gpu];
  }

  /** The GPUs by what is free on them. */
  FreeIndex index() {
    return index;
  }

  int countOn(int gpu) {
    return onCount[gpu];
  }

  int itemOn(int gpu, int index) {
    return on[gpu][index];
  }

  long valueOf(int item) {
    return optionOf[item] < 0 ? 0 : problem.items[item].choices().value()[optionOf[item]];
  }

  /** Whether every rule but memory lets this replica, which is not placed, be there. */
  boolean admits(int item, int gpu) {
    Item one = problem.items[item];
    if (!one.allowed().get(gpu)) {
      return false;
    }
    if (!one.apart().isEmpty()) {
      for (int i = 0; i < onCount[gpu]; i++) {
        if (one.apart().get(problem.items[on[gpu][i]].model())) {
          return false;
        }
      }
    }
    int[] siblings = problem.itemsOfModel[one.model()];
    if (siblings.length > 1) {
      for (int sibling : siblings) {
        if (sibling != item && tooNear(one.spread(), gpusOf[sibling], gpu)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean tooNear(Spread spread, int[] taken, int gpu) {
    for (int other : taken) {
      if (other == gpu || spread == Spread.HOSTS && problem.hostOf[other] == problem.hostOf[gpu]) {
        return true;
      }
    }
    return false;
  }

  /** Whether this replica, which is not placed, may be there so. */
  boolean fits(int item, int option, int[] gpus) {
    for (int gpu : gpus) {
      if (problem.need(item, option, gpu) > free[gpu] || !admits(item, gpu)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Places a replica that is not placed.
   *
   * @param gpus ascending, as many as the option has shards; not copied
   * @throws IllegalStateException if a GPU would be oversold; nothing is changed then
   */
  void place(int item, int option, int[] gpus) {
    for (int gpu : gpus) {
      if (problem.need(item, option, gpu) > free[gpu]) {
        throw new IllegalStateException("GPU " + problem.gpus.get(gpu).id() + " is full.");
      }
    }
    log(item);
    set(item, option, gpus);
  }

  /** Takes a replica away. */
  void remove(int item) {
    log(item);
    unset(item);
  }

  /** A point to come back to. */
  int mark() {
    return logSize;
  }

  /** Undoes what was done since. */
  void undoTo(int mark) {
    while (logSize > mark) {
      logSize--;
      int item = logItem[logSize];
      if (optionOf[item] >= 0) {
        unset(item);
      }
      if (logOption[logSize] >= 0) {
        set(item, logOption[logSize], logGpus[logSize]);
      }
    }
  }

  /** What was done so far stays. */
  void keep() {
    logSize = 0;
  }

  /** How everything is served and where, to come back to. */
  record Snapshot(int[] options, int[][] gpus, long score, long soft) {}

  /** Whether this is better than it was then: more is served, or as much at lower soft costs. */
  boolean isBetterThan(Snapshot then) {
    return score() > then.score() || score() == then.score() && soft() < then.soft();
  }

  Snapshot snapshot() {
    return new Snapshot(optionOf.clone(), gpusOf.clone(), score(), soft());
  }

  /** Makes everything as it was. */
  void restore(Snapshot then) {
    for (int item = 0; item < optionOf.length; item++) {
      if (optionOf[item] >= 0) {
        unset(item);
      }
    }
    for (int item = 0; item < optionOf.length; item++) {
      if (then.options()[item] >= 0) {
        set(item, then.options()[item], then.gpus()[item]);
      }
    }
    keep();
  }

  private void log(int item) {
    if (logSize == logItem.length) {
      logItem = Arrays.copyOf(logItem, 2 * logSize);
      logOption = Arrays.copyOf(logOption, 2 * logSize);
      logGpus = Arrays.copyOf(logGpus, 2 * logSize);
    }
    logItem[logSize] = item;
    logOption[logSize] = optionOf[item];
    logGpus[logSize] = gpusOf[item];
    logSize++;
  }

  private void set(int item, int option, int[] gpus) {
    optionOf[item] = option;
    gpusOf[item] = gpus;
    value += problem.items[item].choices().value()[option];
    stability += stability(item);
    tolls += problem.tollOf(item, option, gpus);
    for (int gpu : gpus) {
      soft -= fullness(gpu);
      soft += problem.sizeCost[problem.kindOf[gpu]];
      roomWorth -= room.worth(gpu, free[gpu]);
      free[gpu] -= problem.need(item, option, gpu);
      roomWorth += room.worth(gpu, free[gpu]);
      index.moved(gpu, free[gpu]);
      if (onCount[gpu] == on[gpu].length) {
        on[gpu] = Arrays.copyOf(on[gpu], 2 * onCount[gpu]);
      }
      on[gpu][onCount[gpu]++] = item;
      soft += fullness(gpu);
    }
  }

  private void unset(int item) {
    int option = optionOf[item];
    value -= problem.items[item].choices().value()[option];
    stability -= stability(item);
    tolls -= problem.tollOf(item, option, gpusOf[item]);
    for (int gpu : gpusOf[item]) {
      soft -= fullness(gpu);
      soft -= problem.sizeCost[problem.kindOf[gpu]];
      roomWorth -= room.worth(gpu, free[gpu]);
      free[gpu] += problem.need(item, option, gpu);
      roomWorth += room.worth(gpu, free[gpu]);
      index.moved(gpu, free[gpu]);
      int last = --onCount[gpu];
      for (int i = 0; i <= last; i++) {
        if (on[gpu][i] == item) {
          on[gpu][i] = on[gpu][last];
          break;
        }
      }
      soft += fullness(gpu);
    }
    optionOf[item] = -1;
    gpusOf[item] = NOWHERE;
  }

  private long stability(int item) {
    return problem.items[item].stabilityOf(optionOf[item], gpusOf[item]);
  }

  private long fullness(int gpu) {
    if (onCount[gpu] == 0) {
      return 0;
    }
    long capacity = problem.capacity[gpu];
    return Fragmentation.GPU_IN_USE + Balance.cost(capacity - free[gpu], capacity);
  }
}
