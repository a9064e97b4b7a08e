package io.modeldepot.events.command;

import io.modeldepot.events.command.DownloadRules.Fault;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code backup-due} or a {@code restore-requested} must be beyond its form, for everybody
 * who reads one: what the registry takes the janitor does. Pure.
 */
public final class BackupRules {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String READ = "all|[1-9][0-9]{0,3}/[1-9][0-9]{0,3}";
  private static final int LONGEST_REASON = 200;
  private static final int LONGEST_PATH = 1024;

  private BackupRules() {}

  /** Everything that is wrong with a command; empty if nothing is. */
  public static List<Fault> faults(BackupDue command) {
    List<Fault> faults = new ArrayList<>();
    scope(faults, command.scope(), command.family(), command.model());
    name(faults, "/target", command.target());
    name(faults, "/backup", command.backup());
    name(faults, "/against", command.against());
    BackupAction action = command.action().orElse(BackupAction.BACKUP);
    boolean pins = action == BackupAction.PIN || action == BackupAction.UNPIN;
    if (pins && command.backup().isEmpty()) {
      faults.add(new Fault("/backup", "a pin names its backup."));
    }
    boolean two = command.backup().isPresent() && command.against().isPresent();
    if (action == BackupAction.DIFF && !two) {
      faults.add(new Fault("/against", "a difference is that of two backups."));
    }
    if (action != BackupAction.DIFF && command.against().isPresent()) {
      faults.add(new Fault("/against", "only a difference has a second backup."));
    }
    if (action == BackupAction.PIN && command.reason().filter(r -> !r.isBlank()).isEmpty()) {
      faults.add(new Fault("/reason", "a pin has a reason."));
    }
    command.reason().ifPresent(text -> text(faults, "/reason", text, LONGEST_REASON));
    if (command.read().filter(r -> !r.matches(READ)).isPresent()) {
      faults.add(new Fault("/read", "it is all, or a part like 2/7."));
    }
    if (command.read().isPresent() && action != BackupAction.CHECK) {
      faults.add(new Fault("/read", "only a check reads."));
    }
    if (command.dryRun() && action != BackupAction.BACKUP && action != BackupAction.PRUNE) {
      faults.add(new Fault("/dryRun", "only a backup and a prune can be planned."));
    }
    return faults;
  }

  /** Everything that is wrong with a command; empty if nothing is. */
  public static List<Fault> faults(RestoreRequested command) {
    List<Fault> faults = new ArrayList<>();
    scope(faults, command.scope(), command.family(), command.model());
    name(faults, "/backup", Optional.of(command.backup()));
    if (command.commit().isPresent() && command.model().isEmpty()) {
      faults.add(new Fault("/model", "a commit is one of a model's: name the model."));
    }
    command.to().ifPresent(path -> text(faults, "/to", path, LONGEST_PATH));
    return faults;
  }

  /** The first thing that is wrong, in words. */
  public static Optional<String> firstFault(BackupDue command) {
    return faults(command).stream().map(Fault::toString).findFirst();
  }

  /** The first thing that is wrong, in words. */
  public static Optional<String> firstFault(RestoreRequested command) {
    return faults(command).stream().map(Fault::toString).findFirst();
  }

  /** The scope that is meant: what is named says it where nothing else does. */
  public static BackupScope scope(
      Optional<BackupScope> scope, Optional<FamilyName> family, Optional<ModelName> model) {
    return scope.orElse(
        model.isPresent()
            ? BackupScope.MODEL
            : family.isPresent() ? BackupScope.FAMILY : BackupScope.ALL);
  }

  private static void scope(
      List<Fault> faults,
      Optional<BackupScope> given,
      Optional<FamilyName> family,
      Optional<ModelName> model) {
    switch (scope(given, family, model)) {
      case ALL -> {
        if (family.isPresent() || model.isPresent()) {
          faults.add(new Fault("/scope", "the scope all has no family and no model."));
        }
      }
      case FAMILY -> {
        if (family.isEmpty()) {
          faults.add(new Fault("/family", "the scope family needs a family."));
        }
        if (model.isPresent()) {
          faults.add(new Fault("/model", "the scope family has no model."));
        }
      }
      case MODEL -> {
        if (model.isEmpty()) {
          faults.add(new Fault("/model", "the scope model needs a model."));
        }
        if (family.isPresent()) {
          faults.add(new Fault("/family", "the scope model has no family."));
        }
      }
    }
  }

  private static void name(List<Fault> faults, String pointer, Optional<String> name) {
    if (name.filter(n -> !n.matches(NAME)).isPresent()) {
      faults.add(new Fault(pointer, "it is no name of ours."));
    }
  }

  private static void text(List<Fault> faults, String pointer, String text, int longest) {
    if (text.isBlank()
        || text.length() > longest
        || text.codePoints().anyMatch(Character::isISOControl)) {
      faults.add(
          new Fault(
              pointer,
              "it must have 1 to %d characters, without control characters.".formatted(longest)));
    }
  }
}
