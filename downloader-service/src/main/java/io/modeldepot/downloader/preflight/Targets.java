package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.job.Target;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Selection;
import java.util.Optional;

/** What a command means, given the catalog's entry. Pure. */
final class Targets {
  private static final String DEFAULT_BRANCH = "main";

  private Targets() {}

  /**
   * What is to be brought in: the command says, else the catalog's pin, its branch, {@code main}.
   */
  static Target of(DownloadRequested command, ModelDescribed entry) {
    String revision =
        command
            .revision()
            .or(() -> entry.pin().map(CommitId::value))
            .or(entry::branch)
            .orElse(DEFAULT_BRANCH);
    return new Target(
        entry.family(),
        command.repository().or(entry::repository),
        revision,
        new Selection(
            Optional.of(command.profile().orElse(entry.profile())),
            command.include(),
            command.exclude()),
        Optional.empty());
  }

  /** Whether a location has to do it: the command's, else those of the catalog, else every one. */
  static boolean isFor(LocationName here, DownloadRequested command, ModelDescribed entry) {
    return command
        .location()
        .map(here::equals)
        .orElseGet(() -> entry.locations().isEmpty() || entry.locations().contains(here));
  }
}
