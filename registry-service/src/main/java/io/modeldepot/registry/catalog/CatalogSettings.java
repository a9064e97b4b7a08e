package io.modeldepot.registry.catalog;

import io.modeldepot.events.terms.Profile;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What a new entry gets where nobody says otherwise. */
@ConfigMapping(prefix = "depot.catalog")
interface CatalogSettings {

  /** The locations that get a new model. */
  @WithDefault("default")
  List<String> locations();

  /** Which files of a repository. */
  @WithDefault("full")
  Profile profile();

  /** How many versions are kept. */
  @WithDefault("3")
  int keepVersions();

  /** Whether a new database starts with the seven models that everybody asks for. */
  @WithDefault("true")
  boolean seed();
}
