package io.modeldepot.registry.notify;

import io.modeldepot.registry.notify.receiver.NewsKind;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that receivers may be told.
 *
 * @param kind what
 * @param fact names this one fact, whoever reads it and however often
 * @param object what it happened to: {@code model/phi-2}, {@code maintenance/r-1}
 * @param say it in a sentence or two
 * @param data what else is worth knowing, as JSON values; no secrets
 * @param at when it happened, by whom it happened to
 */
public record News(
    NewsKind kind, String fact, String object, String say, Map<String, Object> data, Instant at) {
  private static final int LONGEST = 1000;

  public News {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    String line = say.replaceAll("\\p{Cntrl}+", " ").strip();
    say = line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
