package io.modeldepot.janitor.cleanup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.notes.Notes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the volume's clock goes as time does. While this process lives it is compared with a
 * clock that cannot be set; across processes with what was seen last, which it must not be before.
 * A clock that jumped more than an hour, ahead or back, makes everything old or young at once:
 * nothing is removed then, until it is right again. A jump ahead while no janitor ran looks like
 * time that passed; so after a day unseen nothing is removed for the first ten minutes, in which a
 * wrong clock is set right and so noticed. Safe for threads.
 */
public final class ClockWatch {
  private static final Duration JUMP = Duration.ofHours(1);
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
  private static final String SEEN = "seen";

  /** What was set wrong while nobody looked is set right by a time service within minutes. */
  private static final Duration UNSEEN = Duration.ofDays(1);

  private static final Duration AFTER_UNSEEN = Duration.ofMinutes(10);

  private final LongSupplier nanos;
  private final InstantSource machines;
  private @Nullable Instant firstVolumes;
  private long firstNanos;
  private @Nullable Instant noted;
  private @Nullable Instant seenBefore;

  /**
   * What was seen last: {@code .depot/janitor/clock/seen.json}.
   *
   * @param format 1
   * @param volumesNow the latest time by the volume's clock
   */
  record Note(@JsonProperty(required = true) int format, Instant volumesNow) {
    Note {
      Components.required(volumesNow, "volumesNow");
    }
  }

  /**
   * A watch.
   *
   * @param nanos a monotonic clock, nanoseconds
   * @param machines this machine's clock, which the volume's must agree with
   */
  public ClockWatch(LongSupplier nanos, InstantSource machines) {
    this.nanos = nanos;
    this.machines = machines;
  }

  /**
   * What time it is by the volume's clock.
   *
   * @throws ClockJumped if it jumped
   */
  public synchronized Instant requireSteady(ModelStore store) throws IOException {
    Instant now = store.volumesNow();
    long ticks = nanos.getAsLong();
    Notes notes = store.notes("clock");
    if (firstVolumes == null) {
      Optional<Instant> last = last(notes);
      if (last.isPresent() && now.isBefore(last.get().minus(JUMP))) {
        throw new ClockJumped(now, last.get());
      }
      firstVolumes = now;
      firstNanos = ticks;
      seenBefore = last.filter(it -> it.plus(UNSEEN).isBefore(now)).orElse(null);
    }
    Instant expected = firstVolumes.plusNanos(ticks - firstNanos);
    if (Duration.between(expected, now).abs().compareTo(JUMP) > 0) {
      throw new ClockJumped(now, expected);
    }
    if (Duration.between(machines.instant(), now).abs().compareTo(JUMP) > 0) {
      throw new ClockJumped(now, machines.instant());
    }
    if (seenBefore != null && ticks - firstNanos < AFTER_UNSEEN.toNanos()) {
      throw new ClockJumped(now, seenBefore, AFTER_UNSEEN);
    }
    if (noted == null || noted.plus(BETWEEN_NOTES).isBefore(now)) {
      notes.write(SEEN, Wire.write(new Note(1, now)));
      noted = now;
    }
    return now;
  }

  private static Optional<Instant> last(Notes notes) throws IOException {
    Optional<byte[]> json = notes.read(SEEN);
    try {
      return json.isEmpty()
          ? Optional.empty()
          : Optional.of(Wire.read(json.get(), Note.class).volumesNow());
    } catch (UnreadablePayload e) {
      return Optional.empty();
    }
  }
}
