package io.modeldepot.registry.maintenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.BackupRules;
import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupRules;
import io.modeldepot.events.command.DownloadRules.Fault;
import io.modeldepot.events.command.RestoreRequested;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.problem.FieldError;
import java.util.List;
import java.util.Locale;

/** The kinds of work, each with its resource and the topic of its commands. */
public enum WorkKind {
  CLEANUPS(Topics.CLEANUP_DUE),
  INTEGRITY(Topics.CLEANUP_DUE),
  BACKUPS(Topics.BACKUP_DUE),
  RESTORES(Topics.RESTORE_REQUESTED);

  private final TopicSpec topic;

  WorkKind(TopicSpec topic) {
    this.topic = topic;
  }

  /** Where its commands go. */
  TopicSpec topic() {
    return topic;
  }

  /** As it stands in addresses and in the database. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that word. */
  static WorkKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** A command as it was written down, under the id that it has here. */
  Object command(String payload, RequestId id) {
    ObjectNode json = Json.value(payload, ObjectNode.class);
    json.put("requestId", id.value());
    return Json.value(json.toString(), topic.payload());
  }

  /** What a command is work for. */
  static WorkKind of(Object command) {
    return switch (command) {
      case CleanupDue due -> isCheck(due) ? INTEGRITY : CLEANUPS;
      case BackupDue _ -> BACKUPS;
      case RestoreRequested _ -> RESTORES;
      default -> throw new IllegalArgumentException("No command for a janitor: " + command);
    };
  }

  /** What a record is about, where its command was not heard. */
  static WorkKind of(MaintenanceKind kind) {
    return switch (kind) {
      case CLEANUP, ARCHIVE, UNKNOWN -> CLEANUPS;
      case SCRUB, REPAIR -> INTEGRITY;
      case BACKUP, CHECK, PRUNE, DRILL -> BACKUPS;
      case RESTORE -> RESTORES;
    };
  }

  /** What is wrong with a command, as far as its topic has rules; with pointers. */
  static List<FieldError> faults(Object command) {
    List<Fault> faults =
        switch (command) {
          case CleanupDue due -> CleanupRules.faults(due);
          case BackupDue due -> BackupRules.faults(due);
          case RestoreRequested request -> BackupRules.faults(request);
          default -> List.of();
        };
    return faults.stream().map(fault -> new FieldError(fault.pointer(), fault.say())).toList();
  }

  private static boolean isCheck(CleanupDue due) {
    CleanupAction action = due.action().orElse(CleanupAction.REMOVE);
    return action == CleanupAction.VERIFY || action == CleanupAction.REPAIR;
  }
}
