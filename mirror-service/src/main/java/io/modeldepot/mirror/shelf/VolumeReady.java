package io.modeldepot.mirror.shelf;

import io.smallrye.common.annotation.Blocking;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the volume is here and is the one it was at first. */
@Readiness
@Blocking
class VolumeReady implements HealthCheck {
  private final Shelf shelf;

  VolumeReady(Shelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      shelf.requireVolume();
      return HealthCheckResponse.up("volume");
    } catch (ShelfUnavailable e) {
      return HealthCheckResponse.named("volume")
          .down()
          .withData("reason", String.valueOf(e.getMessage()))
          .build();
    }
  }
}
