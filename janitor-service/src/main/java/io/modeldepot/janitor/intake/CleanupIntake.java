package io.modeldepot.janitor.intake;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupRules;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.job.Asked;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The door for {@code cleanup-due}. */
@ApplicationScoped
public class CleanupIntake {
  private final CommandDoor<CleanupDue> door;

  @Inject
  CleanupIntake(Doors doors) {
    this.door =
        doors.open(
            Topics.CLEANUP_DUE,
            CleanupDue.class,
            CleanupRules::firstFault,
            Asked::of,
            CleanupIntake::kind);
  }

  @Incoming("cleanup-due")
  @Blocking
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  CompletionStage<Void> heard(Message<byte[]> message) throws InterruptedException {
    return door.heard(message);
  }

  private static MaintenanceKind kind(CleanupDue command) {
    return switch (command.action().orElse(CleanupAction.REMOVE)) {
      case REMOVE, UNDO -> MaintenanceKind.CLEANUP;
      case ARCHIVE, UNARCHIVE -> MaintenanceKind.ARCHIVE;
      case VERIFY -> MaintenanceKind.SCRUB;
      case REPAIR -> MaintenanceKind.REPAIR;
    };
  }
}
