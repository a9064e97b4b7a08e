package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.util.Map;

/**
 * A setting of the site, by key: retention, quota, schedule, GPU wish, notification.
 *
 * @param key key
 * @param value shape by key
 * @param generation generation
 */
public record SiteDescribed(
    String key, Map<String, Object> value, @JsonProperty(required = true) long generation) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public SiteDescribed {
    Components.required(key, "key");
    value = Components.map(value);
    Components.notNegative(generation, "generation");
  }
}
