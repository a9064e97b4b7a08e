package io.modeldepot.registry.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.audit.AuditTrail;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Json;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a new registry starts with: the models that everybody asks for. A database that ever had an
 * entry is not seeded again, so what somebody removed stays removed.
 */
@ApplicationScoped
public class Seed {
  static final String ACTOR = "seed";
  static final int FIRST = 100;
  private static final Logger LOG = Logger.getLogger(Seed.class);

  private final EntityManager database;
  private final CatalogSettings settings;
  private final Catalog catalog;
  private final Generations generations;
  private final AuditTrail trail;

  Seed(
      EntityManager database,
      CatalogSettings settings,
      Catalog catalog,
      Generations generations,
      AuditTrail trail) {
    this.database = database;
    this.settings = settings;
    this.catalog = catalog;
    this.generations = generations;
    this.trail = trail;
  }

  /** One line of {@code seed-catalog.json}. */
  record Entry(
      ModelName model,
      FamilyName family,
      RepositoryId repository,
      String displayName,
      String useCase,
      String licence,
      PlacementDemand placement,
      ModelProfile published) {}

  @Transactional
  void plant(@Observes @Priority(FIRST) StartupEvent started) {
    List<Entry> entries = entries();
    entries.forEach(this::publish);
    if (!settings.seed()) {
      return;
    }
    trail.lock(); // two registries that start at once must not both find the catalog empty
    if (generations.none()) {
      entries.forEach(this::plant);
      LOG.infof("Seeded the catalog with %d models.", entries.size());
    }
  }

  private void plant(Entry entry) {
    ModelDescribed standard = catalog.standard(entry.model(), entry.family());
    catalog.create(
        new ModelDescribed(
            entry.model(),
            entry.family(),
            Optional.of(entry.repository()),
            entry.displayName(),
            Optional.of(entry.useCase()),
            Optional.of(entry.licence()),
            Optional.of("main"),
            Optional.empty(),
            UpdatePolicy.MANUAL,
            standard.keepVersions(),
            false,
            standard.locations(),
            Profile.FULL,
            Optional.of(entry.placement()),
            0),
        new Origin(ACTOR, AuditSource.EVENT, "seed-" + entry.model()));
  }

  /** Facts, not wishes: a newer release may know better. */
  private void publish(Entry entry) {
    database
        .createNativeQuery(
            """
            insert into published_profile (repository, profile) values (?1, cast(?2 as jsonb))
            on conflict (repository) do update set profile = excluded.profile
            where published_profile.profile <> excluded.profile
            """)
        .setParameter(1, entry.repository().value().toLowerCase(Locale.ROOT))
        .setParameter(2, Json.text(entry.published()))
        .executeUpdate();
  }

  static List<Entry> entries() {
    try (InputStream in = Seed.class.getResourceAsStream("seed-catalog.json")) {
      if (in == null) {
        throw new IllegalStateException("seed-catalog.json is missing from the class path.");
      }
      return Wire.mapper().readValue(in, new TypeReference<List<Entry>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("seed-catalog.json cannot be read.", e);
    }
  }
}
