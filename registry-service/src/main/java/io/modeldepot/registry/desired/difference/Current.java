package io.modeldepot.registry.desired.difference;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What is.
 *
 * @param models every model of the catalog and every orphan
 * @param settings the site's, by key
 * @param standard a new entry where nobody says otherwise
 */
public record Current(
    SortedMap<ModelName, ModelNow> models,
    SortedMap<String, Map<String, Object>> settings,
    BiFunction<ModelName, FamilyName, ModelDescribed> standard) {

  public Current {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}
