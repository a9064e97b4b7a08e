package io.modeldepot.registry.door;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one place that reads the time. */
public class Clock {

  @Produces
  @Singleton
  InstantSource now() {
    return InstantSource.system();
  }
}
