package io.modeldepot.janitor.cleanup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what the cleanup needs once per process. */
@ApplicationScoped
public class CleanupBeans {
  @Produces
  @Singleton
  ClockWatch clockWatch() {
    return new ClockWatch(System::nanoTime);
  }
}
