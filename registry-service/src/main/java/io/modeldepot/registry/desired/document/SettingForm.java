package io.modeldepot.registry.desired.document;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A setting of the site in a document's words. */
public final class SettingForm {
  private SettingForm() {}

  /**
   * The section and the name under which a document has a setting; the name is empty where the
   * section is the setting.
   */
  public record Where(String section, String name) {}

  /** Where it stands; empty for a setting that documents do not have. */
  public static Optional<Where> where(String key) {
    int slash = key.indexOf('/');
    String kind = slash < 0 ? key : key.substring(0, slash);
    String name = key.substring(slash + 1);
    return switch (kind) {
      case "gpu" -> Optional.of(new Where("gpus", name));
      case "retention" -> Optional.of(new Where("retention", ""));
      case "quota" -> Optional.of(new Where("quotas", name));
      case "schedule" -> Optional.of(new Where("schedules", name));
      case "notify" -> Optional.of(new Where("notify", name));
      default -> Optional.empty();
    };
  }

  /** What it says: a mapping, or one value. */
  public static Object of(String key, Map<String, Object> value) {
    return switch (where(key).map(Where::section).orElse("")) {
      case "gpus" -> gpu(value);
      case "retention" -> retention(value);
      case "quotas" -> Amounts.size(number(value, "bytes"));
      default -> value;
    };
  }

  private static Map<String, Object> gpu(Map<String, Object> value) {
    Map<String, Object> terms = new LinkedHashMap<>();
    if (value.get("until") instanceof String until) {
      terms.put("until", Instant.parse(until).toString());
    }
    copy(value, "reason", terms, "reason");
    Map<String, Object> form = new LinkedHashMap<>();
    if (value.containsKey("state")) {
      form.put("drain", terms.isEmpty() ? true : terms);
    }
    if (value.containsKey("reservedBytes")) {
      Map<String, Object> reserve = new LinkedHashMap<>();
      reserve.put("memory", Amounts.size(number(value, "reservedBytes")));
      if (!value.containsKey("state")) {
        reserve.putAll(terms);
      }
      form.put("reserve", reserve);
    }
    return form;
  }

  private static Map<String, Object> retention(Map<String, Object> value) {
    Map<String, Object> form = new LinkedHashMap<>();
    copy(value, "keep", form, "keep");
    if (value.containsKey("trashSeconds")) {
      form.put("trash", Amounts.span(number(value, "trashSeconds")));
    }
    copy(value, "unusedDays", form, "unusedDays");
    if (value.containsKey("cacheBytes")) {
      form.put("cache", Amounts.size(number(value, "cacheBytes")));
    }
    copy(value, "watermarks", form, "watermarks");
    return form;
  }

  private static void copy(
      Map<String, Object> from, String name, Map<String, Object> to, String key) {
    Object value = from.get(name);
    if (value != null) {
      to.put(key, value);
    }
  }

  private static long number(Map<String, Object> value, String name) {
    return value.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
