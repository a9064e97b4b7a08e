package io.modeldepot.events.command;

import io.modeldepot.events.command.DownloadRules.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code cleanup-due} must be beyond its form, for everybody who reads one: what the
 * registry takes the janitor does. Pure.
 */
public final class CleanupRules {
  private static final int LONGEST_NAME = 255;

  private CleanupRules() {}

  /** Everything that is wrong with a command; empty if nothing is. */
  public static List<Fault> faults(CleanupDue command) {
    List<Fault> faults = new ArrayList<>();
    if (command.commit().isPresent() && command.model().isEmpty()) {
      faults.add(new Fault("/model", "a commit is one of a model's: name the model."));
    }
    command
        .keepNewest()
        .filter(number -> number < 0)
        .ifPresent(wrong -> faults.add(new Fault("/keepNewest", "it must not be negative.")));
    command
        .olderThanSeconds()
        .filter(seconds -> seconds < 0)
        .ifPresent(wrong -> faults.add(new Fault("/olderThanSeconds", "it must not be negative.")));
    command
        .targetFreeBytes()
        .filter(bytes -> bytes < 0)
        .ifPresent(wrong -> faults.add(new Fault("/targetFreeBytes", "it must not be negative.")));
    command.plan().ifPresent(plan -> name(faults, "/plan", plan));
    command.trash().ifPresent(trash -> name(faults, "/trash", trash));
    byAction(faults, command);
    return faults;
  }

  /** The first thing that is wrong, in words. */
  public static Optional<String> firstFault(CleanupDue command) {
    return faults(command).stream().map(Fault::toString).findFirst();
  }

  private static void byAction(List<Fault> faults, CleanupDue command) {
    switch (command.action().orElse(CleanupAction.REMOVE)) {
      case REMOVE -> {
        if (command.scope() == CleanupScope.MODEL
            && command.model().isEmpty()
            && command.plan().isEmpty()) {
          faults.add(new Fault("/model", "the scope model needs a model."));
        }
        if (command.scope() == CleanupScope.INTEGRITY) {
          faults.add(new Fault("/scope", "integrity is verified or repaired, not removed."));
        }
        if (command.dryRun() && command.plan().isPresent()) {
          faults.add(new Fault("/plan", "a dry run makes a plan; it does not carry one out."));
        }
      }
      case ARCHIVE, UNARCHIVE -> {
        if (command.model().isEmpty()) {
          faults.add(new Fault("/model", "what is to be archived or brought back needs a model."));
        }
      }
      case UNDO -> {
        if (command.trash().isEmpty() && command.model().isEmpty()) {
          faults.add(new Fault("/trash", "undo names an entry of the trash, or a model."));
        }
      }
      case VERIFY, REPAIR -> {
        // Everything, or what the command names.
      }
    }
  }

  private static void name(List<Fault> faults, String pointer, String name) {
    boolean plain = name.length() <= LONGEST_NAME && name.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
    if (!plain) {
      faults.add(new Fault(pointer, "it is no name of ours."));
    }
  }
}
