package io.modeldepot.registry.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code model}: what is wanted of a model. Changed by {@link Catalog} alone. */
@Entity
@Table(name = "model")
public class CatalogModel extends PanacheEntityBase {
  private static final TypeReference<List<LocationName>> LOCATIONS = new TypeReference<>() {};

  @Id String name;
  String family;
  @Nullable String repository;

  @Column(name = "display_name")
  String displayName;

  @Column(name = "use_case")
  @Nullable String useCase;

  @Nullable String licence;
  @Nullable String branch;
  @Nullable String pin;

  @Column(name = "update_policy")
  String updatePolicy;

  @Column(name = "keep_versions")
  int keepVersions;

  boolean active;

  @ColumnTransformer(write = "?::jsonb")
  String locations;

  String profile;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String placement;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String spread;

  long generation;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected CatalogModel() {}

  @SuppressWarnings("NullAway.Init") // take() sets them
  CatalogModel(ModelDescribed wish, Instant now) {
    name = wish.model().value();
    createdAt = now;
    take(wish, now);
  }

  /** Makes the entry say what the wish says. */
  final void take(ModelDescribed wish, Instant now) {
    family = wish.family().value();
    repository = wish.repository().map(RepositoryId::value).orElse(null);
    displayName = wish.displayName();
    useCase = wish.useCase().orElse(null);
    licence = wish.licence().orElse(null);
    branch = wish.branch().orElse(null);
    pin = wish.pin().map(CommitId::value).orElse(null);
    updatePolicy = word(wish.update());
    keepVersions = wish.keepVersions();
    active = wish.active();
    locations = Json.text(wish.locations());
    profile = word(wish.profile());
    placement = Json.textOrNull(wish.placement());
    spread = Json.textOrNull(wish.spread());
    generation = wish.generation();
    updatedAt = now;
  }

  /** The entry as it is announced. */
  ModelDescribed wish() {
    return new ModelDescribed(
        ModelName.of(name),
        FamilyName.of(family),
        Optional.ofNullable(repository).map(RepositoryId::of),
        displayName,
        Optional.ofNullable(useCase),
        Optional.ofNullable(licence),
        Optional.ofNullable(branch),
        Optional.ofNullable(pin).map(CommitId::of),
        constant(UpdatePolicy.class, updatePolicy),
        keepVersions,
        active,
        Json.value(locations, LOCATIONS),
        constant(Profile.class, profile),
        Json.valueOrEmpty(placement, PlacementDemand.class),
        Json.valueOrEmpty(spread, Spread.class),
        generation);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
