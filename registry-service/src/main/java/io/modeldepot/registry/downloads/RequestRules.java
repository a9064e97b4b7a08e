package io.modeldepot.registry.downloads;

import io.modeldepot.events.command.DownloadAction;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadRules;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a request must say, and what it says about the catalog. Pure. */
final class RequestRules {
  private RequestRules() {}

  /**
   * The request as it goes out: under its id, with the model's name and the caller. Only who calls
   * from this machine without a token may say that it asks for somebody else.
   *
   * @throws ProblemException {@code invalid}, with pointers
   */
  static DownloadRequested complete(DownloadRequested given, RequestId id, String actor) {
    List<FieldError> errors = new ArrayList<>(faults(given));
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
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return with(DownloadRules.named(given), id, actorOf(given, actor));
  }

  /**
   * A request that came on the topic, as it is to be written down.
   *
   * @throws ProblemException {@code invalid} for what the downloader puts into the dead-letter
   *     topic
   */
  static DownloadRequested heard(DownloadRequested given) {
    List<FieldError> errors = faults(given);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return DownloadRules.named(given);
  }

  private static List<FieldError> faults(DownloadRequested given) {
    return DownloadRules.faults(given).stream()
        .map(fault -> new FieldError(fault.pointer(), fault.say()))
        .toList();
  }

  /** The command that cancels a request. */
  static DownloadRequested cancellation(DownloadRequested asked, RequestId id, String actor) {
    return DownloadRequested.cancelling(id, asked.model(), asked.location(), Optional.of(actor));
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
        wish.spread(),
        wish.generation());
  }

  /** The request that makes a commit current again. */
  static DownloadRequested rollback(ModelName model, CommitId commit) {
    return DownloadRequested.of(model).withRevision(commit.value());
  }

  private static Optional<String> actorOf(DownloadRequested given, String actor) {
    return Optional.of("local".equals(actor) ? given.actor().orElse(actor) : actor);
  }

  private static boolean isCommit(String revision) {
    return CommitId.isOne(revision);
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
}
