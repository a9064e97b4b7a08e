package io.modeldepot.registry.desired.difference;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.registry.desired.document.Fault;
import io.modeldepot.registry.desired.document.SettingForm;
import io.modeldepot.registry.desired.document.WishedSetting;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.site.SiteWishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One setting of the site: as a document says it, and as it is. */
final class SettingComparing {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final Current now;
  private final List<Fault> faults;

  SettingComparing(Current now, List<Fault> faults) {
    this.now = now;
    this.faults = faults;
  }

  /** What a document's word changes; empty if nothing, or if it cannot be meant. */
  Optional<Change> wished(WishedSetting wished) {
    String key = wished.key();
    if (!SiteWishes.isKey(key)) {
      faults.add(wished.fault("", "This can be no name here."));
      return Optional.empty();
    }
    if (wished.value().isEmpty()) {
      return unsaid(key, Change.Kind.CHANGE);
    }
    try {
      SiteWishes.require(key, wished.value());
    } catch (ProblemException e) {
      e.errors().forEach(error -> faults.add(wished.fault(error.pointer(), error.detail())));
      return Optional.empty();
    }
    // As a column gives it back: numbers of equal value are equal.
    Map<String, Object> after = Json.value(Json.text(wished.value()), OBJECT);
    Optional<Map<String, Object>> before = Optional.ofNullable(now.settings().get(key));
    if (before.equals(Optional.of(after))) {
      return Optional.empty();
    }
    return Optional.of(
        new Change(
            "site/" + key,
            before.isEmpty() ? Change.Kind.ADD : Change.Kind.CHANGE,
            Change.fields(before.map(it -> form(key, it)).orElse(Map.of()), form(key, after)),
            List.of(new Deed.Set(key, after))));
  }

  /** What taking a setting back changes. */
  Optional<Change> unsaid(String key, Change.Kind kind) {
    return Optional.ofNullable(now.settings().get(key))
        .filter(before -> SettingForm.where(key).isPresent())
        .map(
            before ->
                new Change(
                    "site/" + key,
                    kind,
                    Change.fields(form(key, before), Map.of()),
                    List.of(new Deed.Unset(key))));
  }

  @SuppressWarnings("unchecked") // a form is a mapping of keys, or one value
  private static Map<String, Object> form(String key, Map<String, Object> value) {
    Object form = SettingForm.of(key, value);
    return form instanceof Map<?, ?> map
        ? (Map<String, Object>) map
        : Map.of(key.substring(0, key.indexOf('/')), form);
  }
}
