package io.modeldepot.downloader.engine;

import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.terms.ModelName;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A model at one server: what is wanted of it, how it is, when to look again. One thread. */
final class ServedModel {
  private final ModelName model;
  private @Nullable String wanted;
  private boolean wantedAtAll;
  private boolean told;
  private EngineState state = EngineState.LOADING;
  private @Nullable String detail;
  private int failures;
  private long dueNanos = Long.MIN_VALUE;

  ServedModel(ModelName model) {
    this.model = model;
  }

  ModelName model() {
    return model;
  }

  /** It shall be served with this content; content without a mark is never compared. */
  void want(Optional<String> mark) {
    if (!wantedAtAll || !mark.equals(Optional.ofNullable(wanted))) {
      wanted = mark.orElse(null);
      wantedAtAll = true;
      told = false;
      anew(EngineState.LOADING);
    }
  }

  /** It shall be served no more. */
  void leave() {
    if (wantedAtAll || state != EngineState.UNLOADING) {
      wantedAtAll = false;
      anew(EngineState.UNLOADING);
    }
  }

  boolean isWanted() {
    return wantedAtAll;
  }

  /** Whether what is loaded is what is wanted. */
  boolean isRight(Optional<String> loaded) {
    return wanted == null ? told : loaded.filter(wanted::equals).isPresent();
  }

  /** Whether the server said yes to loading exactly this. */
  boolean wasTold() {
    return told;
  }

  void tell() {
    told = true;
  }

  EngineState state() {
    return state;
  }

  Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  boolean isDue(long nanos) {
    return dueNanos == Long.MIN_VALUE || nanos - dueNanos >= 0;
  }

  /** All is well; look again after so long. */
  void well(EngineState now, Duration next, long nanos) {
    state = now;
    detail = null;
    failures = 0;
    dueNanos = nanos + next.toNanos();
  }

  void busy(EngineState now) {
    state = now;
  }

  void failed(String why, Backoff backoff, RandomGenerator random, long nanos) {
    failures++;
    detail = why;
    state = wantedAtAll ? EngineState.FAILED : EngineState.UNLOADING;
    Duration half = backoff.ceiling(failures).dividedBy(2);
    Duration wait = half.plusMillis(random.nextLong(half.toMillis() + 1));
    dueNanos = nanos + wait.toNanos();
  }

  private void anew(EngineState now) {
    state = now;
    detail = null;
    failures = 0;
    dueNanos = Long.MIN_VALUE;
  }
}
