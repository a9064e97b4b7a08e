package io.modeldepot.cli.command.volume;

import io.modeldepot.cli.command.Named;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * From {@code NAME} or {@code NAME@COMMIT}, a commit's beginning allowed, to versions on the
 * volume.
 */
public record Wanted(ModelName model, String version) {

  /** A version on the volume. */
  public record Found(ModelName model, CommitId commit) {
    @Override
    public String toString() {
      return model + "@" + commit.value().substring(0, 7);
    }
  }

  /**
   * @param command what is typed before the name, for the forms that are meant
   */
  public static Wanted of(String text, String command) {
    Named named = Named.of(text, command);
    return new Wanted(model(named), named.version());
  }

  /** A model's name, without a version. */
  static ModelName alone(String text, String command) {
    return model(Named.alone(text, command));
  }

  private static ModelName model(Named named) {
    try {
      return ModelName.of(named.model());
    } catch (IllegalArgumentException e) {
      throw Failure.usage("\"" + named.model() + "\" is no model's name")
          .because(String.valueOf(e.getMessage()));
    }
  }

  /** The current version, or the named one. */
  public Found one(ModelStore store, Session session) throws IOException {
    if (!version.isEmpty()) {
      return named(store);
    }
    return store
        .versions()
        .current(model)
        .flatMap(Current::commit)
        .map(commit -> new Found(model, commit))
        .orElseThrow(() -> notHere(session));
  }

  /**
   * Every version, or the named one; the current one also when its manifest is gone. Empty only if
   * there is no manifest and {@code current.json} cannot be read.
   */
  List<Found> all(ModelStore store, Session session) throws IOException {
    if (!version.isEmpty()) {
      return List.of(named(store));
    }
    List<Found> found = here(store).stream().map(commit -> new Found(model, commit)).toList();
    if (found.isEmpty() && unreadableCurrent(store).isEmpty()) {
      throw notHere(session);
    }
    return found;
  }

  /** Every version that lies in the archive, or the named one; empty if there is none. */
  List<Found> archived(ModelStore store) throws IOException {
    return store.archive().shelf().commits(model).stream()
        .filter(commit -> commit.value().startsWith(version))
        .map(commit -> new Found(model, commit))
        .toList();
  }

  /** Whether what is wanted lies in the archive and nowhere else. */
  boolean isArchivedAlone(ModelStore store) throws IOException {
    return !archived(store).isEmpty()
        && here(store).stream().noneMatch(commit -> commit.value().startsWith(version))
        && (!version.isEmpty() || unreadableCurrent(store).isEmpty());
  }

  /** Whether there is anything of the model, be it damaged. */
  boolean isHere(ModelStore store) throws IOException {
    return !here(store).isEmpty() || unreadableCurrent(store).isPresent();
  }

  /** What is wrong with {@code current.json}, if it cannot be read. */
  Optional<Finding> unreadableCurrent(ModelStore store) throws IOException {
    try {
      Optional<Current> unused = store.versions().current(model);
      return Optional.empty();
    } catch (UnreadableFile | FileCallFailed e) {
      store.volume().requireStillHere();
      return Optional.of(FindingText.unreadable(store, store.layout().current(model), e));
    }
  }

  private SequencedSet<CommitId> here(ModelStore store) throws IOException {
    SequencedSet<CommitId> commits = new LinkedHashSet<>(store.versions().commits(model));
    if (unreadableCurrent(store).isEmpty()) {
      store.versions().current(model).flatMap(Current::commit).ifPresent(commits::add);
    }
    return commits;
  }

  private Found named(ModelStore store) throws IOException {
    List<CommitId> fitting =
        here(store).stream().filter(commit -> commit.value().startsWith(version)).toList();
    if (fitting.size() == 1) {
      return new Found(model, fitting.getFirst());
    }
    if (fitting.isEmpty()) {
      throw Failure.of(
              ExitCode.NOT_FOUND,
              "unknown-version",
              model + "@" + version + ": no such version on the volume")
          .tryThis(new Try("show the versions", "status " + model));
    }
    throw Failure.usage(model + "@" + version + ": " + fitting.size() + " versions begin so")
        .tryThis(Try.words(fitting.toString()));
  }

  private Failure notHere(Session session) {
    return Failure.of(
            ExitCode.NOT_FOUND, "not-present", model + ": no current version is on the volume")
        .because("looked in " + session.modelsDir())
        .tryThis(new Try("fetch it", "download " + model));
  }
}
