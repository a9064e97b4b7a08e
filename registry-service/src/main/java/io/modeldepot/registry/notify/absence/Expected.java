package io.modeldepot.registry.notify.absence;

import io.modeldepot.events.command.BackupAction;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.BackupRules;
import io.modeldepot.events.terms.Cron;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A schedule that asks for backups. It is missed where the next one is due and the one before was
 * not made: a schedule says by its own period how long it can be waited. Pure.
 *
 * @param name after {@code schedule/}
 * @param cron when
 * @param scope what is saved, as backups say it: {@code all}, {@code family NAME}, the name of a
 *     model
 * @param location where; empty is everywhere
 * @param since when it was set so
 */
record Expected(
    String name, Cron cron, String scope, Optional<LocationName> location, Instant since) {
  private static final Duration FARTHEST = Duration.ofDays(62);

  /** A setting {@code schedule/NAME}; empty where it asks for no backup, or cannot be read. */
  static Optional<Expected> of(String name, Map<String, Object> setting, Instant since) {
    if (!(setting.get("cron") instanceof String cron)
        || !(setting.get("command") instanceof Map<?, ?> command)) {
      return Optional.empty();
    }
    try {
      BackupDue due = Wire.readCommand(Wire.write(command), BackupDue.class);
      boolean backup = due.action().orElse(BackupAction.BACKUP) == BackupAction.BACKUP;
      return backup && !due.dryRun() && !isCleanup(command)
          ? Optional.of(new Expected(name, Cron.parse(cron), scope(due), due.location(), since))
          : Optional.empty();
    } catch (UnreadablePayload | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A scope without an action is that of a cleanup. */
  private static boolean isCleanup(Map<?, ?> command) {
    return command.get("action") == null && command.get("scope") instanceof String;
  }

  private static String scope(BackupDue due) {
    return switch (BackupRules.scope(due.scope(), due.family(), due.model())) {
      case ALL -> "all";
      case FAMILY -> "family " + due.family().orElseThrow();
      case MODEL -> due.model().orElseThrow().value();
    };
  }

  /** The time at which the last but one backup was due, of which the next one is due already. */
  Optional<Instant> overdue(Instant now) {
    return cron.lastDue(now, FARTHEST)
        .flatMap(last -> cron.lastDue(last.minusSeconds(60), FARTHEST))
        .filter(before -> !before.isBefore(since));
  }
}
