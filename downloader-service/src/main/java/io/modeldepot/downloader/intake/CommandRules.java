package io.modeldepot.downloader.intake;

import io.modeldepot.downloader.catalog.Catalog;
import io.modeldepot.events.command.DownloadAction;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.terms.ModelName;
import java.util.Optional;

/** What a command must be beyond its form. Pure. */
final class CommandRules {
  private static final int MAX_REVISION_CHARACTERS = 255;
  private static final int HIGHEST_PRIORITY = 9;

  private CommandRules() {}

  /** What is wrong with a command, in words; empty if nothing is. */
  static Optional<String> fault(DownloadRequested command) {
    if (command.action().orElse(DownloadAction.DOWNLOAD) == DownloadAction.CANCEL) {
      return command.requestId().isEmpty()
          ? Optional.of("/requestId: a cancel names the request that is to end.")
          : Optional.empty();
    }
    if (command.model().isEmpty() && command.repository().isEmpty()) {
      return Optional.of("/model: a model or a repository is required.");
    }
    if (model(command).isEmpty()) {
      return Optional.of("/repository: no model name can be made of it; give \"model\" too.");
    }
    if (command.priority().filter(it -> it < 0 || it > HIGHEST_PRIORITY).isPresent()) {
      return Optional.of("/priority: it must be 0 to 9.");
    }
    if (command
        .revision()
        .filter(it -> it.isBlank() || it.length() > MAX_REVISION_CHARACTERS)
        .isPresent()) {
      return Optional.of("/revision: it must have 1 to 255 characters.");
    }
    boolean directory =
        command
            .source()
            .filter(it -> it == DownloadSource.IMPORT || it == DownloadSource.ADOPT)
            .isPresent();
    if (directory && command.from().isEmpty()) {
      return Optional.of("/from: import and adopt need a directory.");
    }
    if (directory && command.plan()) {
      return Optional.of("/plan: only what comes from a hub can be planned.");
    }
    return Optional.empty();
  }

  /** The model's name: as given, else as the catalog will name the repository. */
  static Optional<ModelName> model(DownloadRequested command) {
    return command.model().or(() -> command.repository().flatMap(Catalog::nameOf));
  }
}
