package io.modeldepot.janitor.intake;

import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.BackupRules;
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

/** The door for {@code backup-due}. */
@ApplicationScoped
public class BackupIntake {
  private final CommandDoor<BackupDue> door;

  @Inject
  BackupIntake(Doors doors) {
    this.door =
        doors.open(
            Topics.BACKUP_DUE,
            BackupDue.class,
            BackupRules::firstFault,
            Asked::of,
            BackupIntake::kind);
  }

  @Incoming("backup-due")
  @Blocking
  @Acknowledgment(Acknowledgment.Strategy.MANUAL)
  CompletionStage<Void> heard(Message<byte[]> message) throws InterruptedException {
    return door.heard(message);
  }

  private static MaintenanceKind kind(BackupDue command) {
    return switch (command.action().orElse(BackupAction.BACKUP)) {
      case BACKUP, PIN, UNPIN, DIFF -> MaintenanceKind.BACKUP;
      case PRUNE -> MaintenanceKind.PRUNE;
      case CHECK -> MaintenanceKind.CHECK;
      case DRILL -> MaintenanceKind.DRILL;
    };
  }
}
