package io.modeldepot.registry.versions;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the version that somebody means by a commit or its beginning. */
public final class Commits {
  private static final int SHORTEST = 4;

  private Commits() {}

  /**
   * The version whose commit begins so; of several locations the first that can be read.
   *
   * @throws ProblemException {@code unknown-version}, {@code bad-request} if it is not unique
   */
  public static VersionView find(
      List<VersionView> versions, String model, String beginning, Optional<LocationName> location) {
    List<VersionView> meant =
        beginning.length() < SHORTEST
            ? List.of()
            : versions.stream()
                .filter(version -> version.commit().startsWith(beginning))
                .filter(
                    version ->
                        location.map(at -> at.value().equals(version.location())).orElse(true))
                .toList();
    Set<String> commits = meant.stream().map(VersionView::commit).collect(Collectors.toSet());
    if (commits.size() > 1) {
      throw ProblemException.of(
          ProblemCode.BAD_REQUEST,
          commits.size() + " versions of " + model + " begin with " + beginning + ".",
          Map.of("commits", List.copyOf(commits)));
    }
    return meant.stream()
        .filter(VersionView::readable)
        .findFirst()
        .or(() -> meant.stream().findFirst())
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.UNKNOWN_VERSION,
                    model + " has no version " + beginning + " here.",
                    Map.of("model", model, "commit", beginning)));
  }
}
