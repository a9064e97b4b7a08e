package io.modeldepot.registry.catalog;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.registry.tokens.Families;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Families as the catalog has them. */
@ApplicationScoped
class CatalogFamilies implements Families {
  private final Catalog catalog;

  CatalogFamilies(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Optional<FamilyName> of(ModelName model) {
    return catalog.find(model).map(ModelDescribed::family);
  }
}
