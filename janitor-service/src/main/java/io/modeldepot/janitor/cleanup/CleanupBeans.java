package io.modeldepot.janitor.cleanup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes what the cleanup needs once per process. */
@ApplicationScoped
public class CleanupBeans {
  @Produces
  @Singleton
  ClockWatch clockWatch(Clock clock) {
    return new ClockWatch(System::nanoTime, clock);
  }
}
