package io.modeldepot.registry.compare;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.downloads.Upstream;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.versions.Commits;
import io.modeldepot.registry.versions.VersionView;
import io.modeldepot.registry.versions.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the version that somebody means: here, or as it was last seen upstream. */
@ApplicationScoped
class Sides {
  static final String CURRENT = "current";
  static final String UPSTREAM = "upstream";

  private final Versions versions;
  private final Catalog catalog;
  private final Upstream upstream;

  Sides(Versions versions, Catalog catalog, Upstream upstream) {
    this.versions = versions;
    this.catalog = catalog;
    this.upstream = upstream;
  }

  /**
   * The version that is asked for.
   *
   * @param asked {@code current}, {@code upstream}, a revision that a version here was fetched as,
   *     a commit or its beginning
   * @throws ProblemException {@code unknown-model}, {@code unknown-version}, {@code not-present}
   */
  Side find(ModelName model, String asked) {
    if (asked.equals(UPSTREAM)) {
      return upstream(model);
    }
    List<VersionView> all = versions.of(model);
    if (asked.equals(CURRENT)) {
      return here(
          all.stream()
              .filter(VersionView::current)
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.of(
                          ProblemCode.NOT_PRESENT,
                          "No location has a current version of " + model + ".",
                          Map.of("model", model.value()))));
    }
    return all.stream()
        .filter(version -> version.source().revision().equals(Optional.of(asked)))
        .max(Comparator.comparing(VersionView::verifiedAt))
        .map(this::here)
        .orElseGet(() -> here(Commits.find(all, model.value(), asked, Optional.empty())));
  }

  private Side here(VersionView version) {
    return Side.here(version, versions.files(version), versions.reading(version));
  }

  private Side upstream(ModelName model) {
    ModelDescribed entry =
        catalog
            .find(model)
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.UNKNOWN_MODEL,
                        "The catalog has no " + model + ".",
                        Map.of("model", model.value())));
    String branch = entry.branch().orElse(Upstream.USUAL_BRANCH);
    return upstream
        .of(model, branch)
        .map(seen -> Side.planned(seen.commit().value(), seen.plan()))
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.UNKNOWN_VERSION,
                    "What the branch %s of %s holds upstream is not known yet; a plan of it asks the hub: POST /api/v1/downloads with \"plan\":true."
                        .formatted(branch, model),
                    Map.of("model", model.value(), "branch", branch)));
  }
}
