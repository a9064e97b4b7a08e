package io.modeldepot.registry.desired.document;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A catalog entry in a document's words: every key that says something, in the order in which an
 * export has them; what is not said has no value. Reading it back gives the same entry, whatever
 * was there before.
 */
public final class ModelForm {
  private ModelForm() {}

  /** An entry that is served, or may be. */
  public static Map<String, @Nullable Object> of(ModelDescribed entry) {
    Map<String, @Nullable Object> form = description(entry);
    form.put("track", entry.branch().orElse(null));
    entry.pin().map(CommitId::value).ifPresent(pin -> form.put("pin", pin));
    form.put("update", word(entry.update()));
    keeping(form, entry);
    form.put("active", entry.active());
    entry.placement().ifPresentOrElse(it -> demand(form, it), () -> form.put("users", 0));
    where(form, entry);
    return form;
  }

  /** An entry whose versions are in the archive. */
  public static Map<String, @Nullable Object> archived(ModelDescribed entry) {
    Map<String, @Nullable Object> form = description(entry);
    form.put("track", entry.branch().orElse(null));
    form.put("archived", true);
    keeping(form, entry);
    where(form, entry);
    return form;
  }

  private static Map<String, @Nullable Object> description(ModelDescribed entry) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("source", entry.repository().map(RepositoryId::value).orElse(null));
    form.put("family", entry.family().value());
    form.put("displayName", entry.displayName());
    form.put("useCase", entry.useCase().orElse(null));
    form.put("licence", entry.licence().orElse(null));
    return form;
  }

  private static void keeping(Map<String, @Nullable Object> form, ModelDescribed entry) {
    form.put("keep", entry.keepVersions());
    form.put("profile", word(entry.profile()));
  }

  private static void demand(Map<String, @Nullable Object> form, PlacementDemand demand) {
    form.put("users", demand.users());
    demand.minUsers().ifPresent(it -> form.put("minUsers", it));
    form.put("context", demand.contextTokens());
    demand.minContextTokens().ifPresent(it -> form.put("minContext", it));
    listed(form, "dtype", demand.variants());
    demand.priority().ifPresent(it -> form.put("priority", it));
    demand.replicas().ifPresent(it -> form.put("replicas", it));
    demand.gpu().ifPresent(it -> form.put("gpu", it));
    listed(form, "apartFrom", demand.antiAffinity().stream().map(ModelName::value).toList());
  }

  private static void where(Map<String, @Nullable Object> form, ModelDescribed entry) {
    Optional<Spread> spread = entry.spread();
    int copies = spread.flatMap(Spread::copies).orElse(1);
    switch (spread.map(Spread::policy).map(Enum::name).orElse("NAMED")) {
      case "COPIES" -> form.put("copies", copies);
      case "NEAR" -> form.put("nearGpus", copies);
      case "ALL" -> form.put("locations", "all");
      default ->
          form.put("locations", entry.locations().stream().map(LocationName::value).toList());
    }
  }

  private static void listed(Map<String, @Nullable Object> form, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      form.put(key, texts);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
