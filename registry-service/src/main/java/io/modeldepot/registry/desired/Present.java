package io.modeldepot.registry.desired;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.catalog.ModelView;
import io.modeldepot.registry.desired.difference.Current;
import io.modeldepot.registry.desired.difference.ModelNow;
import io.modeldepot.registry.desired.document.DocumentText;
import io.modeldepot.registry.desired.document.ModelForm;
import io.modeldepot.registry.downloads.Downloads;
import io.modeldepot.registry.maintenance.MaintenanceRequests;
import io.modeldepot.registry.site.SiteSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is, from the rooms that know it. */
@ApplicationScoped
class Present {
  private final Catalog catalog;
  private final SiteSettings settings;
  private final Downloads downloads;
  private final MaintenanceRequests maintenance;

  Present(
      Catalog catalog,
      SiteSettings settings,
      Downloads downloads,
      MaintenanceRequests maintenance) {
    this.catalog = catalog;
    this.settings = settings;
    this.downloads = downloads;
    this.maintenance = maintenance;
  }

  /** To look at. */
  @Transactional
  Current seen() {
    return of(catalog.all(), settings.all());
  }

  /** To change: entries and settings are locked until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  Current held() {
    return of(catalog.lockAll(), settings.lockAll());
  }

  /**
   * The same as a document. Applied to a depot that has lost its database, or to another one, it
   * makes the same wishes.
   */
  static String document(Current now) {
    DocumentText text = new DocumentText();
    now.models()
        .forEach(
            (name, model) ->
                model.entry().ifPresent(entry -> text.model(name.value(), form(model, entry))));
    now.settings().forEach(text::setting);
    return text.yaml();
  }

  private static Map<String, @Nullable Object> form(ModelNow model, ModelDescribed entry) {
    boolean atRest =
        !entry.active()
            && entry.placement().isEmpty()
            && entry.pin().isEmpty()
            && entry.update() == UpdatePolicy.MANUAL;
    if (model.archived() && atRest) {
      return ModelForm.archived(entry);
    }
    Map<String, @Nullable Object> form = ModelForm.of(entry);
    if (model.absent()) {
      form.put("fetch", false);
    }
    return form;
  }

  private Current of(List<ModelDescribed> entries, List<SiteDescribed> described) {
    Map<ModelName, ModelDescribed> byName = new HashMap<>();
    entries.forEach(entry -> byName.put(entry.model(), entry));
    Map<ModelName, Set<String>> fetching = downloads.underWay();
    Set<ModelName> moving = maintenance.movingToOrFromTheArchive();
    SortedMap<ModelName, ModelNow> models = new TreeMap<>();
    for (ModelView view : catalog.views()) {
      ModelName name = ModelName.of(view.model());
      models.put(
          name,
          new ModelNow(
              Optional.ofNullable(byName.get(name)),
              FamilyName.of(view.family()),
              view.state(),
              view.current().map(it -> CommitId.of(it.commit())),
              view.versions(),
              view.modelProfile().flatMap(it -> it.contextTokens()).map(Number::intValue),
              fetching.getOrDefault(name, Set.of()),
              moving.contains(name)));
    }
    SortedMap<String, Map<String, Object>> values = new TreeMap<>();
    described.forEach(setting -> values.put(setting.key(), setting.value()));
    return new Current(models, values, catalog::standard);
  }
}
