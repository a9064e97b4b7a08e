package io.modeldepot.registry.cache.redis;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Never down: without Redis every answer is the same, only slower. */
@Readiness
@ApplicationScoped
class RedisHealth implements HealthCheck {
  private final Shelf shelf;

  RedisHealth(Shelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("redis")
        .up()
        .withData(
            "state",
            shelf.isUsed()
                ? shelf.trouble().map(why -> "degraded: " + why).orElse("ready")
                : "not used")
        .build();
  }
}
