package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The volume's clock jumped; nothing may be removed. To be tried again once it is right. */
public final class ClockJumped extends IOException {
  private static final long serialVersionUID = 1L;

  ClockJumped(Instant now, Instant expected) {
    super(
        ("The volume's clock says %s and should say about %s. Nothing is removed until it is right"
                + " again; if it is right now, remove .depot/janitor/clock/seen.json and restart"
                + " the janitor.")
            .formatted(Wire.time(now), Wire.time(expected)));
  }

  /** Nobody looked at it for long; it may have jumped meanwhile. */
  ClockJumped(Instant now, Instant seen, Duration pause) {
    super(
        ("The volume's clock says %s, and was last seen at %s. Nothing is removed for %d minutes, in"
                + " which a clock that was set wrong meanwhile can be set right.")
            .formatted(Wire.time(now), Wire.time(seen), pause.toMinutes()));
  }
}
