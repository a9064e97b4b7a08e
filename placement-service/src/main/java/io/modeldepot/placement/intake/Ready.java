package io.modeldepot.placement.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the topics are there and the state topics are read, whoever leads. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {
  private final Works works;

  @Inject
  Ready(Works works) {
    this.works = works;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<String> obstacle = works.obstacle();
    var response =
        HealthCheckResponse.named("placement")
            .status(obstacle.isEmpty())
            .withData("leads", works.leads());
    return obstacle.map(why -> response.withData("why", why)).orElse(response).build();
  }
}
