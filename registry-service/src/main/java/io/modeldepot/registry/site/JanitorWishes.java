package io.modeldepot.registry.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupRules;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What operators may wish of the janitors: how long things stay ({@code retention}), how much a
 * family may take ({@code quota/FAMILY}), when what is done ({@code schedule/NAME}). Pure.
 */
final class JanitorWishes {
  private static final Pattern SCHEDULE = Pattern.compile("schedule/[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern QUOTA = Pattern.compile("quota/" + FamilyName.PATTERN);
  private static final Pattern CRON = Pattern.compile("(?:[0-9*,/-]{1,64} ){4}[0-9*,/-]{1,64}");
  private static final Set<String> RETENTION =
      Set.of("keep", "trashSeconds", "unusedDays", "cacheBytes", "watermarks");
  private static final long LEAST_TRASH_SECONDS = 3600;

  private JanitorWishes() {}

  /** Whether a key is that of such a wish. */
  static boolean isKey(String key) {
    return key.equals("retention")
        || QUOTA.matcher(key).matches()
        || SCHEDULE.matcher(key).matches();
  }

  /**
   * Refuses a value that cannot be meant.
   *
   * @throws ProblemException {@code invalid}, with pointers
   */
  static void require(String key, ObjectNode value) {
    List<FieldError> errors = new ArrayList<>();
    if (key.equals("retention")) {
      Bodies.onlyMembers(value, RETENTION);
      whole(value, "keep", 1, errors);
      whole(value, "trashSeconds", LEAST_TRASH_SECONDS, errors);
      whole(value, "unusedDays", 1, errors);
      whole(value, "cacheBytes", 0, errors);
      watermarks(value.path("watermarks"), errors);
    } else if (key.startsWith("quota/")) {
      Bodies.onlyMembers(value, Set.of("bytes"));
      if (!value.has("bytes")) {
        errors.add(new FieldError("/bytes", "Say how much the family may take."));
      }
      whole(value, "bytes", 1, errors);
    } else {
      schedule(value, errors);
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private static void whole(ObjectNode value, String name, long least, List<FieldError> errors) {
    JsonNode number = value.path(name);
    boolean good =
        number.isMissingNode()
            || (number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= least);
    if (!good) {
      errors.add(new FieldError("/" + name, "It must be a whole number, at least " + least + "."));
    }
  }

  private static void watermarks(JsonNode marks, List<FieldError> errors) {
    if (marks.isMissingNode()) {
      return;
    }
    double high = marks.path("high").asDouble(-1);
    double low = marks.path("low").asDouble(-1);
    if (!(low > 0 && low < high && high < 1)) {
      errors.add(
          new FieldError("/watermarks", "high and low are parts of the disk, 0 < low < high < 1."));
    }
  }

  private static void schedule(ObjectNode value, List<FieldError> errors) {
    Bodies.onlyMembers(value, Set.of("cron", "command"));
    if (!CRON.matcher(value.path("cron").asText("")).matches()) {
      errors.add(
          new FieldError("/cron", "Five fields: minute, hour, day, month, weekday; in UTC."));
    }
    JsonNode command = value.path("command");
    if (!command.isObject()) {
      errors.add(new FieldError("/command", "The payload of cleanup-due or of backup-due."));
    } else if (command.path("scope").isTextual() && !isBackup(command)) {
      CleanupRules.faults(Bodies.as(command, CleanupDue.class))
          .forEach(fault -> errors.add(new FieldError("/command" + fault.pointer(), fault.say())));
    } else {
      BackupDue unused = Bodies.as(command, BackupDue.class);
    }
  }

  /** A backup says its action; a cleanup's scope alone says what it is. */
  private static boolean isBackup(JsonNode command) {
    return Set.of("backup", "check", "prune", "drill").contains(command.path("action").asText());
  }
}
