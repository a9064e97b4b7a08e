package io.modeldepot.registry.tokens;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import java.util.Optional;

/** Which family a model is of, as the catalog says. */
public interface Families {
  /** Empty if the catalog does not know the model. */
  Optional<FamilyName> of(ModelName model);
}
