package io.modeldepot.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.command.BackupScope;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import java.util.Optional;

/**
 * How much a backup or a restore takes.
 *
 * @param kind all, a family or a model
 * @param family with kind family
 * @param model with kind model
 * @param commit with kind model: one version of it
 */
public record Scope(
    @JsonProperty(required = true) BackupScope kind,
    Optional<FamilyName> family,
    Optional<ModelName> model,
    Optional<CommitId> commit) {

  /**
   * @throws IllegalArgumentException if the kind and the names do not fit
   */
  public Scope {
    family = family == null ? Optional.empty() : family;
    model = model == null ? Optional.empty() : model;
    commit = commit == null ? Optional.empty() : commit;
    boolean fits =
        switch (kind) {
          case ALL -> family.isEmpty() && model.isEmpty() && commit.isEmpty();
          case FAMILY -> family.isPresent() && model.isEmpty() && commit.isEmpty();
          case MODEL -> model.isPresent() && family.isEmpty();
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "A scope is all, a family with its name, or a model with its name.");
    }
  }

  /** Everything. */
  public static Scope all() {
    return new Scope(BackupScope.ALL, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** One family. */
  public static Scope of(FamilyName family) {
    return new Scope(BackupScope.FAMILY, Optional.of(family), Optional.empty(), Optional.empty());
  }

  /** One model. */
  public static Scope of(ModelName model) {
    return new Scope(BackupScope.MODEL, Optional.empty(), Optional.of(model), Optional.empty());
  }

  /** One version. */
  public static Scope of(ModelName model, CommitId commit) {
    return new Scope(BackupScope.MODEL, Optional.empty(), Optional.of(model), Optional.of(commit));
  }

  /** Whether a version is in it. */
  public boolean has(FamilyName itsFamily, ModelName itsModel, CommitId itsCommit) {
    return family.map(itsFamily::equals).orElse(true)
        && model.map(itsModel::equals).orElse(true)
        && commit.map(itsCommit::equals).orElse(true);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ALL -> "all";
      case FAMILY -> "family " + family.map(FamilyName::value).orElse("");
      case MODEL ->
          model.map(ModelName::value).orElse("")
              + commit.map(c -> "@" + c.value().substring(0, 7)).orElse("");
    };
  }
}
