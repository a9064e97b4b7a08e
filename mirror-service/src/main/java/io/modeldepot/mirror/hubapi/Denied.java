package io.modeldepot.mirror.hubapi;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.hub.refusal.ErrorCode;
import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.pull.Pulled;
import io.modeldepot.mirror.shelf.Edition;
import java.util.Optional;

/** A request that is answered with a refusal. */
final class Denied extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Clients of the Hub try again after it. */
  static final int COME_AGAIN = 503;

  private final int status;
  private final transient Optional<ErrorCode> code;
  private final transient Optional<CommitId> commit;
  private final String words;

  private Denied(int status, Optional<ErrorCode> code, Optional<CommitId> commit, String words) {
    super(words, null, false, false);
    this.status = status;
    this.code = code;
    this.commit = commit;
    this.words = words;
  }

  int status() {
    return status;
  }

  Optional<ErrorCode> code() {
    return code;
  }

  /** Stated with a missing entry, so that clients remember that this commit lacks it. */
  Optional<CommitId> commit() {
    return commit;
  }

  String words() {
    return words;
  }

  static Denied noRepository() {
    return coded(ErrorCode.REPO_NOT_FOUND, "Repository not found");
  }

  static Denied noRevision(String revision) {
    return coded(
        ErrorCode.REVISION_NOT_FOUND, "Revision not found here: " + Printable.of(revision));
  }

  static Denied noEntry(CommitId commit) {
    return new Denied(
        ErrorCode.ENTRY_NOT_FOUND.status(),
        Optional.of(ErrorCode.ENTRY_NOT_FOUND),
        Optional.of(commit),
        "Entry not found");
  }

  /** 401 asks for a token, 403 says that this one does not open the gate. */
  static Denied gated(Caller caller, Edition edition) {
    return new Denied(
        caller == Caller.ANONYMOUS ? 401 : 403,
        Optional.of(ErrorCode.GATED_REPO),
        Optional.empty(),
        "Access to %s is restricted; it needs a token of this mirror".formatted(edition.id()));
  }

  /** Of a repository that is not here, as far as it is on its way. */
  static Denied pulled(Pulled pulled) {
    return switch (pulled) {
      case Pulled.No _ -> noRepository();
      case Pulled.Coming coming ->
          plain(
              COME_AGAIN,
              coming.totalBytes() == 0
                  ? "This repository is being fetched; try again soon"
                  : "This repository is being fetched, %d of %d bytes are here; try again soon"
                      .formatted(coming.doneBytes(), coming.totalBytes()));
      case Pulled.NotNow _ ->
          plain(COME_AGAIN, "This repository is not here and cannot be asked for now");
      case Pulled.Failed failed -> failed(failed.why());
    };
  }

  /** The title alone: details of the site are not for everyone at this door. */
  private static Denied failed(Problem why) {
    return switch (why.code()) {
      case REPOSITORY_NOT_FOUND, REVISION_NOT_FOUND, UNKNOWN_MODEL -> noRepository();
      case GATED, UNAUTHORIZED, FORBIDDEN ->
          new Denied(
              403,
              Optional.of(ErrorCode.GATED_REPO),
              Optional.empty(),
              "The depot has no access to this repository: " + why.title());
      default ->
          new Denied(
              404,
              Optional.of(ErrorCode.REPO_NOT_FOUND),
              Optional.empty(),
              "This repository could not be fetched: " + why.title());
    };
  }

  /** The client has as many transfers as one may have; it is asked to come again in a second. */
  static Denied tooMany() {
    return plain(
        429, "Too many files at a time are being sent to this address; try again when one ends");
  }

  static Denied plain(int status, String words) {
    return new Denied(status, Optional.empty(), Optional.empty(), words);
  }

  private static Denied coded(ErrorCode code, String words) {
    return new Denied(code.status(), Optional.of(code), Optional.empty(), words);
  }
}
