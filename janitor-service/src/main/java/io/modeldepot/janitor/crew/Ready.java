package io.modeldepot.janitor.crew;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the volume is here and the topics are there. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {
  private final Crew crew;

  @Inject
  Ready(Crew crew) {
    this.crew = crew;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> obstacle = crew.obstacle();
    var response = HealthCheckResponse.named("janitor").status(obstacle.isEmpty());
    return obstacle.map(why -> response.withData("why", why)).orElse(response).build();
  }
}
