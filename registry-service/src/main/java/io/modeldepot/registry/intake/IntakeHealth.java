package io.modeldepot.registry.intake;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the state topics were read; before that, answers could show less than there is. */
@Readiness
@ApplicationScoped
class IntakeHealth implements HealthCheck {
  private final StateIntake states;

  IntakeHealth(StateIntake states) {
    this.states = states;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("state-topics")
        .status(states.caughtUp())
        .withData("behind", String.join(" ", states.behind()))
        .build();
  }
}
