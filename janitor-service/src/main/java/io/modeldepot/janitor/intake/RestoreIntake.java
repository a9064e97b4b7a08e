package io.modeldepot.janitor.intake;

import io.modeldepot.events.command.BackupRules;
import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.job.Asked;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The door for {@code restore-requested}. */
@ApplicationScoped
public class RestoreIntake {
  private final CommandDoor<RestoreRequested> door;

  @Inject
  RestoreIntake(Doors doors) {
    this.door =
        doors.open(
            Topics.RESTORE_REQUESTED,
            RestoreRequested.class,
            BackupRules::firstFault,
            Asked::of,
            command -> MaintenanceKind.RESTORE);
  }

  @Incoming("restore-requested")
  @Blocking
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  CompletionStage<Void> heard(Message<byte[]> message) throws InterruptedException {
    return door.heard(message);
  }
}
