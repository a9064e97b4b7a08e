package io.modeldepot.registry.downloads;

import io.modeldepot.events.command.DownloadAction;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a request must say, and what it says about the catalog. Pure. */
final class RequestRules {
  private static final int LONGEST_TEXT = 1024;
  private static final int MOST_PATTERNS = 200;

  private RequestRules() {}

  /**
   * The request as it goes out: under its id, with the model's name and the caller.
   *
   * @throws ProblemException {@code invalid}, with pointers
   */
  static DownloadRequested complete(DownloadRequested given, RequestId id, String actor) {
    List<FieldError> errors = new ArrayList<>();
    if (given.model().isEmpty() && given.repository().isEmpty()) {
      errors.add(new FieldError("/model", "A model or a repository is required."));
    }
    if (given.action().filter(DownloadAction.CANCEL::equals).isPresent()) {
      errors.add(new FieldError("/action", "To cancel, DELETE the download."));
    }
    given
        .requestId()
        .filter(other -> !other.equals(id))
        .ifPresent(
            other ->
                errors.add(
                    new FieldError("/requestId", "It is not the Idempotency-Key " + id + ".")));
    given
        .priority()
        .filter(priority -> priority < 0 || priority > 9)
        .ifPresent(wrong -> errors.add(new FieldError("/priority", "0 to 9.")));
    given.revision().ifPresent(revision -> text(errors, "/revision", revision));
    given.from().ifPresent(from -> text(errors, "/from", from));
    patterns(errors, "/include", given.include());
    patterns(errors, "/exclude", given.exclude());
    boolean fromDirectory =
        given
            .source()
            .filter(source -> source == DownloadSource.IMPORT || source == DownloadSource.ADOPT)
            .isPresent();
    if (fromDirectory && given.from().isEmpty()) {
      errors.add(new FieldError("/from", "An import names the directory."));
    }
    if (fromDirectory && given.plan()) {
      errors.add(new FieldError("/plan", "Only what comes from a hub can be planned."));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return with(named(given), id, given.actor().or(() -> Optional.of(actor)));
  }

  /** The same request with the name of its repository's entry, if it has neither. */
  static DownloadRequested named(DownloadRequested given) {
    if (given.model().isPresent() || given.repository().isEmpty()) {
      if (given.model().isEmpty()) {
        throw ProblemException.invalid("/model", "A model or a repository is required.");
      }
      return given;
    }
    return new DownloadRequested(
        Optional.of(Catalog.nameFor(given.repository().get())),
        given.action(),
        given.requestId(),
        given.repository(),
        given.revision(),
        given.profile(),
        given.include(),
        given.exclude(),
        given.location(),
        given.source(),
        given.from(),
        given.priority(),
        given.force(),
        given.plan(),
        given.actor());
  }

  /** The command that cancels a request. */
  static DownloadRequested cancellation(DownloadRequested asked, RequestId id, String actor) {
    return new DownloadRequested(
        asked.model(),
        Optional.of(DownloadAction.CANCEL),
        Optional.of(id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        asked.location(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.of(actor));
  }

  /** The entry that a request for an unknown repository makes. */
  static ModelDescribed entryFor(
      DownloadRequested asked, RepositoryId repository, ModelDescribed standard) {
    String last = repository.value().substring(repository.value().indexOf('/') + 1);
    Optional<CommitId> pin = asked.revision().filter(RequestRules::isCommit).map(CommitId::of);
    return new ModelDescribed(
        asked.model().orElseThrow(),
        standard.family(),
        Optional.of(repository),
        last,
        Optional.empty(),
        Optional.empty(),
        asked.revision().filter(revision -> !isCommit(revision)).or(standard::branch),
        pin,
        standard.update(),
        standard.keepVersions(),
        false,
        asked.location().map(List::of).orElse(standard.locations()),
        asked.profile().orElse(standard.profile()),
        Optional.empty(),
        0);
  }

  /** A commit pins the model, a branch unpins it. */
  static ModelDescribed pinned(ModelDescribed wish, String revision) {
    return new ModelDescribed(
        wish.model(),
        wish.family(),
        wish.repository(),
        wish.displayName(),
        wish.useCase(),
        wish.licence(),
        wish.branch(),
        isCommit(revision) ? Optional.of(CommitId.of(revision)) : Optional.empty(),
        wish.update(),
        wish.keepVersions(),
        wish.active(),
        wish.locations(),
        wish.profile(),
        wish.placement(),
        wish.generation());
  }

  /** The request that makes a commit current again. */
  static DownloadRequested rollback(ModelName model, CommitId commit) {
    return DownloadRequested.of(model).withRevision(commit.value());
  }

  private static boolean isCommit(String revision) {
    return revision.matches(CommitId.PATTERN);
  }

  private static DownloadRequested with(
      DownloadRequested given, RequestId id, Optional<String> actor) {
    return new DownloadRequested(
        given.model(),
        given.action(),
        Optional.of(id),
        given.repository(),
        given.revision(),
        given.profile(),
        given.include(),
        given.exclude(),
        given.location(),
        given.source(),
        given.from(),
        given.priority(),
        given.force(),
        given.plan(),
        actor);
  }

  private static void patterns(List<FieldError> errors, String pointer, List<String> patterns) {
    if (patterns.size() > MOST_PATTERNS) {
      errors.add(new FieldError(pointer, "At most " + MOST_PATTERNS + " patterns."));
    }
    for (int i = 0; i < Math.min(patterns.size(), MOST_PATTERNS); i++) {
      text(errors, pointer + "/" + i, patterns.get(i));
    }
  }

  private static void text(List<FieldError> errors, String pointer, String text) {
    if (text.isBlank()
        || text.length() > LONGEST_TEXT
        || text.codePoints().anyMatch(Character::isISOControl)) {
      errors.add(new FieldError(pointer, "It is 1 to 1024 characters without control characters."));
    }
  }
}
